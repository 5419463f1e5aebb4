//! Results → neutral sheets, one file per report. Documents arrange; they do not compute.
