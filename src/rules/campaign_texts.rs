//! Every text of a campaign that people will read, with its key path; for rules about wording.

use crate::campaign::Campaign;

/// Key path and text, in the order of the model.
pub fn texts(campaign: &Campaign) -> Vec<(String, &str)> {
    let mut texts: Vec<(String, &str)> = vec![("title".to_owned(), &campaign.title), ("issuer".to_owned(), &campaign.issuer)];
    texts.extend(campaign.document.iter().map(|text| ("document".to_owned(), text.as_str())));
    list(&mut texts, "basis", &campaign.basis);
    for (index, phase) in campaign.phases.iter().enumerate() {
        texts.push((format!("phases[{index}].name"), &phase.name));
        list(&mut texts, &format!("phases[{index}].work"), &phase.work);
    }
    for (index, obligation) in campaign.obligations.iter().enumerate() {
        texts.push((format!("obligations[{index}].name"), &obligation.name));
        texts.extend(obligation.to.iter().map(|text| (format!("obligations[{index}].to"), text.as_str())));
        texts.extend(obligation.via.iter().map(|text| (format!("obligations[{index}].via"), text.as_str())));
        let senders = obligation.from.iter().enumerate();
        texts.extend(senders.map(|(party, sender)| (format!("obligations[{index}].from[{party}]"), sender.word())));
    }
    for (index, category) in campaign.categories.iter().enumerate() {
        texts.push((format!("categories[{index}].name"), &category.name));
        texts.extend(
            category.items.iter().enumerate().map(|(item, text)| (format!("categories[{index}].items[{item}]"), text.text.as_str())),
        );
    }
    for (index, task) in campaign.tasks.iter().enumerate() {
        texts.push((format!("tasks[{index}].name"), &task.name));
        texts.extend(task.lead.iter().map(|text| (format!("tasks[{index}].lead"), text.as_str())));
        list(&mut texts, &format!("tasks[{index}].supporting"), &task.supporting);
        let milestones = task.milestones.iter().enumerate();
        texts.extend(milestones.map(|(step, milestone)| (format!("tasks[{index}].milestones[{step}].name"), milestone.name.as_str())));
        list(&mut texts, &format!("tasks[{index}].measures"), &task.measures);
    }
    for (index, group) in campaign.groups.iter().enumerate() {
        texts.push((format!("groups[{index}].name"), &group.name));
        texts.extend(group.leader.iter().map(|text| (format!("groups[{index}].leader"), text.as_str())));
    }
    texts.extend(campaign.lists.attachment.iter().map(|text| ("lists.attachment".to_owned(), text.as_str())));
    for (index, attachment) in campaign.attachments.iter().enumerate() {
        texts.push((format!("attachments[{index}].title"), &attachment.title));
    }
    texts
}

fn list<'a>(texts: &mut Vec<(String, &'a str)>, path: &str, items: &'a [String]) {
    texts.extend(items.iter().enumerate().map(|(index, text)| (format!("{path}[{index}]"), text.as_str())));
}
