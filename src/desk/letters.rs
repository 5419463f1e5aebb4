//! Letters of the escalation ladder: which are due, written together with their rows in `notices.csv`, each once.
//!
//! A register that cannot be read for sure stops everything: whoever issues must know what was issued. The letters and the register
//! appear together or not at all.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::NaiveDate;

use crate::desk::Desk;
use crate::desk::Notice;
use crate::desk::Refusal;
use crate::desk::ladder;
use crate::desk::letter_papers;
use crate::desk::letter_papers::MadeLetter;
use crate::desk::letter_papers::answer_by;
use crate::desk::letter_papers::unit_name;
use crate::desk::merging::unguarded;
use crate::desk::past::History;
use crate::desk::past::ledgers_as_known;
use crate::desk::registers;
use crate::diagnostic::Severity;
use crate::documents::bulletin::template;
use crate::documents::letter;
use crate::documents::letter::LetterSource;
use crate::documents::unit_files::FileNames;
use crate::documents::unit_files::safe;
use crate::files::Lock;
use crate::files::outputs::is_open_elsewhere;
use crate::files::read::read_named;
use crate::files::workspace;
use crate::ledger::Ledger;
use crate::registers::IssuedLetter;
use crate::registers::letter_rows;
use crate::registers::letter_rows::LetterRow;
use crate::registers::read_letters;
use crate::results;
use crate::results::LetterStandings;
use crate::results::Overdue;
use crate::results::letter_standings;
use crate::source::SourceFile;

/// Where letters go if nothing else is said, below `out/`.
const FOLDER: &str = "发函";

/// Which letters to write, and where to.
#[derive(Debug, Clone, Default)]
pub struct LetterRequest {
    /// Index into the ladder; none means every step.
    pub rung: Option<usize>,
    /// Indices into the roster; none means every unit.
    pub units: Vec<usize>,
    pub folder: Option<PathBuf>,
    /// Writes nothing.
    pub dry_run: bool,
    /// The newest letter of each unit once more, unregistered.
    pub again: bool,
    /// What others are told of whoever holds the lock.
    pub holder: String,
}

/// What was made and written.
#[derive(Debug)]
pub struct Issuing {
    pub letters: Vec<MadeLetter>,
    /// 编号 of hazards that have reached a step and whose unit is on no roster.
    pub unplaced: Vec<String>,
    /// 编号 of letters that could not be made again, because the ledger has none of their hazards.
    pub unmade: Vec<String>,
    /// 编号 of hazards in the register that the ledger does not have.
    pub strangers: Vec<String>,
    /// Name of the register where rows were added.
    pub register: Option<String>,
    /// Another program seems to have the register open and may write its old content over it.
    pub is_open_elsewhere: bool,
    pub is_written: bool,
}

/// Makes the letters that are due, and writes them with their rows in the register.
///
/// # Errors
/// The register or a template cannot be used, a letter does not say what the result says, somebody else is writing, or the disk refuses.
pub fn issue(desk: &Desk, request: &LetterRequest, notices: &mut Vec<Notice>) -> Result<Issuing, Refusal> {
    let lock = if request.dry_run { None } else { Some(Lock::take(&desk.workspace.root, &request.holder)?) };
    let register = register(desk)?;
    let path = desk.workspace.ledger();
    let ledger = desk.ledger(&path)?;
    notices.extend(desk.rows_gone(&path, &ledger)?);
    let overdue = results::overdue(&ledger, desk.ground());
    let standings = letter_standings(&register, &desk.campaign, &ledger, &overdue);
    let mut issuing = Issuing {
        letters: Vec::new(),
        unplaced: ids(&ledger, &overdue, &standings.unplaced),
        unmade: Vec::new(),
        strangers: standings.strangers.clone(),
        register: None,
        is_open_elsewhere: false,
        is_written: false,
    };
    let folder = request.folder.clone().unwrap_or_else(|| desk.workspace.root.join(workspace::OUT).join(FOLDER));
    let mut made = Vec::new();
    if request.again {
        again(desk, request, &standings, ledger, &mut issuing, &mut made, notices)?;
    } else {
        let newest = register.iter().map(|letter| letter.on).max();
        if let Some(later) = newest.filter(|newest| *newest > desk.as_of && !request.dry_run) {
            return Err(Refusal::LettersLater { as_of: desk.as_of, later });
        }
        new(desk, request, &standings, (&ledger, &overdue), &register, &mut made, notices)?;
    }
    let mut staged = Vec::new();
    for (letter, bytes) in made {
        let target = folder.join(&letter.file);
        if !request.again && target.exists() {
            return Err(Refusal::LetterStands { name: desk.workspace.name(&target) });
        }
        issuing.letters.push(MadeLetter { file: desk.workspace.name(&target), ..letter });
        staged.push((target, bytes));
    }
    if request.dry_run || issuing.letters.is_empty() {
        return Ok(issuing);
    }
    if !request.again {
        let target = desk.workspace.root.join(workspace::NOTICES);
        issuing.register = Some(desk.workspace.name(&target));
        issuing.is_open_elsewhere = is_open_elsewhere(&target);
        staged.push((target, with_rows(desk, &issuing.letters, register.len())?));
    }
    // A folder is made for the first of them: nothing may be refused any more.
    let mut outputs = desk.outputs_beside_letters([path.as_path()]);
    for (target, bytes) in &staged {
        outputs.stage(target, bytes)?;
    }
    outputs.commit_together(&desk.workspace.root)?;
    issuing.is_written = true;
    notices.extend(unguarded(lock.as_ref()));
    Ok(issuing)
}

/// The rows of the register.
fn register(desk: &Desk) -> Result<Vec<IssuedLetter>, Refusal> {
    let Some((name, register)) = registers::letters(&desk.workspace, desk.ground()) else { return Ok(Vec::new()) };
    let mut errors = register.diagnostics;
    errors.retain(|diagnostic| diagnostic.severity == Severity::Error);
    if errors.is_empty() { Ok(register.rows) } else { Err(Refusal::LetterRegisterFaulty { name, errors }) }
}

/// The register with the new letters behind the `standing` ones, read back before it is used.
fn with_rows(desk: &Desk, letters: &[MadeLetter], standing: usize) -> Result<Vec<u8>, Refusal> {
    let target = desk.workspace.root.join(workspace::NOTICES);
    let name = desk.workspace.name(&target);
    let not_appendable = || Refusal::LetterRegisterClosed { name: name.clone() };
    let file = target.exists().then(|| read_named(&target, name.as_str().into())).transpose().map_err(|_| not_appendable())?;
    let row = |letter: &'_ MadeLetter| LetterRow {
        number: letter.number.clone(),
        unit: unit_name(desk, letter.unit).to_owned(),
        step: step_name(desk, letter.rung).to_owned(),
        on: letter.on,
        hazards: letter.hazards.clone(),
    };
    let rows: Vec<LetterRow> = letters.iter().map(row).collect();
    let bytes = letter_rows::with_rows(file.as_ref(), &rows).map_err(|_| not_appendable())?;
    let written = SourceFile { name: name.as_str().into(), bytes };
    let read = read_letters(&written, &desk.campaign, &desk.roster);
    let same = |(read, letter): (&IssuedLetter, &MadeLetter)| {
        (read.unit, read.rung, read.on) == (letter.unit, Some(letter.rung), letter.on) && read.hazards == letter.hazards
    };
    let is_whole = read.rows.len() == standing + letters.len() && read.rows.iter().skip(standing).zip(letters).all(same);
    if is_whole { Ok(written.bytes) } else { Err(not_appendable()) }
}

type Made = Vec<(MadeLetter, Vec<u8>)>;

/// Makes every letter that is due and asked for.
fn new(
    desk: &Desk,
    request: &LetterRequest,
    standings: &LetterStandings,
    (ledger, overdue): (&Ledger, &Overdue),
    register: &[IssuedLetter],
    made: &mut Made,
    notices: &mut Vec<Notice>,
) -> Result<(), Refusal> {
    let prefix = format!("{}-N", desk.campaign.code);
    let numbers = register.iter().filter_map(|letter| letter.number.strip_prefix(&prefix)?.parse::<u32>().ok());
    let first = numbers.max().unwrap_or(0).saturating_add(1);
    let wanted = standings.due.iter().filter(|due| request.asks_for(due.unit, Some(due.rung)));
    let (mut names, mut templates) = (FileNames::default(), BTreeMap::new());
    for (number, due) in (first..).zip(wanted) {
        let short = format!("N{number:03}");
        let number = format!("{}-{short}", desk.campaign.code);
        let earlier: Vec<&IssuedLetter> = due.earlier.iter().filter_map(|letter| standings.issued.get(*letter)).collect();
        let source = LetterSource {
            campaign: &desk.campaign,
            ledger,
            overdue,
            unit: unit_name(desk, due.unit),
            rung: due.rung,
            items: &due.items,
            earlier: &earlier,
            number: &number,
            document: "",
            answer: answer_by(desk, due.rung, desk.as_of),
            is_again: false,
        };
        let file = format!("{}.docx", names.give(source.unit, &format!("_{}_{short}", safe(source.step()))));
        made.push(letter_papers::made(desk, source, due.unit, file, &mut templates, notices)?);
    }
    Ok(())
}

/// Makes the newest letter of each unit once more, from the ledger as it was known on the letter's day.
fn again(
    desk: &Desk,
    request: &LetterRequest,
    standings: &LetterStandings,
    ledger: Ledger,
    issuing: &mut Issuing,
    made: &mut Made,
    notices: &mut Vec<Notice>,
) -> Result<(), Refusal> {
    let mut newest: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, letter) in standings.issued.iter().enumerate().filter(|(_, letter)| request.asks_for(letter.unit, letter.rung)) {
        newest.insert(letter.unit, index);
    }
    let letters: Vec<(usize, &IssuedLetter)> = newest.values().filter_map(|index| Some((*index, standings.issued.get(*index)?))).collect();
    let days: Vec<NaiveDate> = letters.iter().map(|(_, letter)| letter.on).collect();
    let path = desk.workspace.ledger();
    let history = History { path: desk.workspace.history_of(&path), unwritten: b"" };
    let known = ledgers_as_known(desk.ground(), ledger, &history, &desk.workspace.name(&path), &days)?;
    let (mut names, mut templates) = (FileNames::default(), BTreeMap::new());
    for ((index, letter), then) in letters.into_iter().zip(known.known) {
        let overdue = results::overdue(&then.ledger, desk.ground().on(letter.on));
        let is_named = |item: &usize| {
            let hazard = overdue.items.get(*item).and_then(|item| then.ledger.hazards.get(item.hazard));
            hazard.is_some_and(|hazard| letter.hazards.contains(&hazard.id))
        };
        let items: Vec<usize> = (0..overdue.items.len()).filter(is_named).collect();
        let Some(rung) = letter.rung.filter(|_| !items.is_empty()) else {
            issuing.unmade.push(letter.number.clone());
            continue;
        };
        let before = standings.issued.iter().take(index);
        let earlier: Vec<&IssuedLetter> =
            before.filter(|before| before.hazards.iter().any(|hazard| letter.hazards.contains(hazard))).collect();
        let source = LetterSource {
            campaign: &desk.campaign,
            ledger: &then.ledger,
            overdue: &overdue,
            unit: unit_name(desk, letter.unit),
            rung,
            items: &items,
            earlier: &earlier,
            number: &letter.number,
            document: &letter.document,
            answer: answer_by(desk, rung, letter.on),
            is_again: true,
        };
        let short = letter.number.rsplit('-').next().unwrap_or_default();
        let file = format!("{}.docx", names.give(source.unit, &format!("_{}_{}_补发", safe(source.step()), safe(short))));
        made.push(letter_papers::made(desk, source, letter.unit, file, &mut templates, notices)?);
    }
    Ok(())
}

/// Gives every name that a template may use with what it stands for in the first letter that is due, or in none.
///
/// # Errors
/// The ledger or the register cannot be read.
pub fn names(desk: &Desk, request: &LetterRequest) -> Result<Vec<(String, String)>, Refusal> {
    let ledger = desk.ledger(&desk.workspace.ledger())?;
    let overdue = results::overdue(&ledger, desk.ground());
    let standings = ladder::standings(desk, &ledger, &overdue, &mut Vec::new());
    let due = standings.due.iter().find(|due| request.asks_for(due.unit, Some(due.rung)));
    let rung = due.map(|due| due.rung).or(request.rung).unwrap_or(0);
    let earlier = due.iter().flat_map(|due| &due.earlier).filter_map(|letter| standings.issued.get(*letter));
    let source = LetterSource {
        campaign: &desk.campaign,
        ledger: &ledger,
        overdue: &overdue,
        unit: due.map_or("", |due| unit_name(desk, due.unit)),
        rung,
        items: due.map_or(&[], |due| &due.items),
        earlier: &earlier.collect::<Vec<_>>(),
        number: "",
        document: "",
        answer: answer_by(desk, rung, desk.as_of),
        is_again: false,
    };
    Ok(template::names(&letter::values(source)))
}

impl LetterRequest {
    fn asks_for(&self, unit: usize, rung: Option<usize>) -> bool {
        (self.units.is_empty() || self.units.contains(&unit)) && (self.rung.is_none() || self.rung == rung)
    }
}

fn step_name(desk: &Desk, rung: usize) -> &str {
    desk.campaign.escalation.get(rung).map_or("", |rung| &rung.step)
}

fn ids(ledger: &Ledger, overdue: &Overdue, items: &[usize]) -> Vec<String> {
    let hazard = |item: &usize| Some(ledger.hazards.get(overdue.items.get(*item)?.hazard)?.id.clone());
    items.iter().filter_map(hazard).collect()
}
