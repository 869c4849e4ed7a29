//! How deep a page nests its elements, counted before a tree is built: the tree builder's time grows with the square
//! of the depth, so that a page made of a million opening tags must never reach it.

/// Elements that hold nothing, or end where the next one begins.
const FLAT: &[&[u8]] = &[
    b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"param",
    b"source", b"track", b"wbr", b"p", b"li", b"dt", b"dd", b"option", b"optgroup", b"tr", b"td", b"th",
    b"thead", b"tbody", b"tfoot", b"colgroup", b"html", b"head", b"body", b"path", b"rect", b"circle",
    b"line", b"polygon", b"use",
];

/// Elements whose content is no markup.
const RAW: &[&[u8]] = &[b"script", b"style", b"textarea", b"title"];

/// The greatest number of elements open at a time.
pub(super) fn deepest(page: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0usize, 0);
    let mut at = 0;
    while let Some(next) = find(page, at, b"<") {
        let rest = &page[next + 1..];
        if rest.starts_with(b"!--") {
            at = find(page, next + 4, b"-->").unwrap_or(page.len());
            continue;
        }
        let is_end = rest.first() == Some(&b'/');
        let name_start = next + 1 + usize::from(is_end);
        let name_length =
            page[name_start..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
        let name = page[name_start..name_start + name_length].to_ascii_lowercase();
        at = name_start + name_length;
        if name.is_empty() {
            at = at.max(next + 1);
        } else if RAW.contains(&&name[..]) && !is_end {
            at = skip_raw(page, at, &name);
        } else if !FLAT.contains(&&name[..]) {
            let end = find(page, at, b">").unwrap_or(page.len());
            let closes_itself = end > at && page.get(end - 1) == Some(&b'/');
            if is_end {
                depth = depth.saturating_sub(1);
            } else if !closes_itself {
                depth += 1;
                deepest = deepest.max(depth);
            }
        }
    }
    deepest
}

/// The place of the element's end tag.
fn skip_raw(page: &[u8], from: usize, name: &[u8]) -> usize {
    let mut at = from;
    while let Some(end) = find(page, at, b"</") {
        at = end + 2;
        if page[at..].len() >= name.len() && page[at..at + name.len()].eq_ignore_ascii_case(name) {
            return at;
        }
    }
    page.len()
}

fn find(page: &[u8], from: usize, what: &[u8]) -> Option<usize> {
    let rest = page.get(from..)?;
    rest.windows(what.len()).position(|w| w == what).map(|at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_depth_of_a_page_is_that_of_its_open_elements() {
        assert_eq!(deepest(b"<html><body><div><p>a<p>b<br><span>c</span></div><div></div>"), 2);
        assert_eq!(deepest(b"<script>'<div><div><div>'</script><!-- <div><div> --><i>x</i>"), 1);
        assert_eq!(deepest(&b"<div>".repeat(1000)), 1000);
        assert_eq!(deepest(b"<"), 0);
        assert_eq!(deepest(b"a < b <"), 0);
        assert_eq!(deepest(b"<!--"), 0);
        assert_eq!(deepest(b"<script>"), 0);
    }
}
