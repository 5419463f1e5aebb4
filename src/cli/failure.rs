//! Why a command could not be done: the desk's refusal, or one sentence that says what and one that says what to do.

use crate::cli::exit::ExitCode;
use crate::desk::Refusal;
use crate::documents::Imbalance;
use crate::files::FileFailure;

/// The reason why a command ended without its result.
#[derive(Debug)]
pub enum Stop {
    /// Not worded yet.
    Refused(Refusal),
    Failed(Failure),
}

/// A reason in words.
#[derive(Debug)]
pub struct Failure {
    pub exit: ExitCode,
    pub message: String,
    /// Shown between the message and the help, as it stands: diagnostics of a campaign that cannot be used.
    pub details: String,
    pub help: String,
}

impl Failure {
    /// Could not be done (exit 3).
    pub fn impossible(message: impl Into<String>, help: impl Into<String>) -> Failure {
        Failure { exit: ExitCode::Impossible, message: message.into(), details: String::new(), help: help.into() }
    }

    /// The command line is wrong in a way that only shows beyond its grammar (exit 2).
    pub fn usage(message: impl Into<String>, help: impl Into<String>) -> Failure {
        Failure { exit: ExitCode::Usage, message: message.into(), details: String::new(), help: help.into() }
    }

    /// The same with details.
    pub fn with_details(self, details: String) -> Failure {
        Failure { details, ..self }
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Stop {
        Stop::Failed(failure)
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Stop {
        Stop::Refused(refusal)
    }
}

impl From<FileFailure> for Stop {
    fn from(failure: FileFailure) -> Stop {
        Stop::Refused(failure.into())
    }
}

impl From<Imbalance> for Stop {
    fn from(imbalance: Imbalance) -> Stop {
        Stop::Refused(imbalance.into())
    }
}

impl From<serde_json::Error> for Stop {
    fn from(error: serde_json::Error) -> Stop {
        Stop::Refused(error.into())
    }
}
