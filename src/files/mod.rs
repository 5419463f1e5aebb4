//! The disk: finding the workspace, reading inputs, writing outputs beside and renaming them.
