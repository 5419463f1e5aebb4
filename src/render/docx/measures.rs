//! The measures of GB/T 9704-2012, in twips (twentieths of a point) as word processors count them.
//!
//! Sizes of print have their Chinese names. Knows no XML.

/// Size of print in half points.
pub type Print = u32;

/// 二号, of the title.
pub const SECOND: Print = 44;
/// 三号, of the text.
pub const THIRD: Print = 32;
/// 四号, of page numbers and 版记.
pub const FOURTH: Print = 28;
/// 小四, of tables.
pub const SMALL_FOURTH: Print = 24;
/// 五号, of larger tables.
pub const FIFTH: Print = 21;
/// 小五, of the largest tables.
pub const SMALL_FIFTH: Print = 18;

/// Line pitch of the text: 28 points, exactly.
pub const LINE: u32 = 560;
/// A character of the text.
pub const CHARACTER: u32 = character(THIRD);
/// Characters of a line, and lines of a page.
pub const CHARACTERS: u32 = 28;
pub const LINES: u32 = 22;

/// What a character of the text gives up, so that a line holds its characters.
pub const CLOSER: u32 = CHARACTER - PORTRAIT.text_width() / CHARACTERS;

/// Edges of the paper, and of its margins around 版心.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    pub width: u32,
    pub height: u32,
    pub top: u32,
    pub right: u32,
    pub bottom: u32,
    pub left: u32,
    /// From the lower edge of the paper to the page number.
    pub footer: u32,
    pub landscape: bool,
}

/// A4: 37 mm above, 28 mm on the binding side, and 156 × 225 mm between the margins.
pub const PORTRAIT: Page = Page {
    width: millimetres(210),
    height: millimetres(297),
    top: millimetres(37),
    right: millimetres(26),
    bottom: millimetres(35),
    left: millimetres(28),
    // The dashes of the page number stand 7 mm below 版心.
    footer: millimetres(25),
    landscape: false,
};

/// The same paper turned by a quarter, so that the heads of tables are at the binding side of an odd page.
pub const LANDSCAPE: Page = Page {
    width: PORTRAIT.height,
    height: PORTRAIT.width,
    top: PORTRAIT.left,
    right: PORTRAIT.top,
    bottom: PORTRAIT.right,
    left: PORTRAIT.bottom,
    footer: millimetres(16),
    landscape: true,
};

/// From the upper edge of the paper to the organ's name on a letter.
pub const LETTERHEAD: u32 = millimetres(30);

impl Page {
    /// Width of 版心.
    pub const fn text_width(self) -> u32 {
        self.width - self.left - self.right
    }

    /// Height of 版心.
    pub const fn text_height(self) -> u32 {
        self.height - self.top - self.bottom
    }
}

/// Whole twips of so many millimetres.
pub const fn millimetres(count: u32) -> u32 {
    (count * 14400 + 127) / 254
}

/// Width of a Chinese character.
pub const fn character(print: Print) -> u32 {
    print * 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_that_of_the_standard() {
        assert_eq!((PORTRAIT.width, PORTRAIT.height), (11906, 16838));
        assert!(PORTRAIT.text_width().abs_diff(millimetres(156)) <= 1);
        assert!(PORTRAIT.text_height().abs_diff(millimetres(225)) <= 1);
        assert_eq!(LANDSCAPE.text_width(), PORTRAIT.text_height());
        assert!(LINE * LINES <= PORTRAIT.text_height() && LINE * (LINES + 1) > PORTRAIT.text_height());
        let pitch = CHARACTER - CLOSER;
        assert!(pitch * CHARACTERS <= PORTRAIT.text_width() && pitch * (CHARACTERS + 1) > PORTRAIT.text_width());
    }
}
