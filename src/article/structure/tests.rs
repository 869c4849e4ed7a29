use super::*;

fn kinds_of(text: &str) -> Vec<(&'static str, String)> {
    article(text).paragraphs.into_iter().map(|p| (p.kind.name(), p.text)).collect()
}

fn names_of(text: &str) -> Vec<&'static str> {
    kinds_of(text).into_iter().map(|(kind, _)| kind).collect()
}

const PASTED: &str = "Chile picks its own yard for four new frigates\nCorreo del Sur\nBy Jane Doe and John Roe\n\
    Publicado: 8 de agosto de 2024, 09:30 hrs\n5 Min Read\n\n\
    SANTIAGO, Aug. 8 (Reuters) - The navy will build its ships at home, the ministry said.\n\n\
    Workers at the launch. (Foto: José Muñoz)\n\nWhat will be on board\n\nEach ship will carry a gun.\n\n\
    Advertisement\n\nRead more: The price of steel\n\nNight\n\nIt rained on the yard.\n\n\
    Share This Article\nTags: navy, Chile\n© 2024 Correo del Sur";

#[test]
fn a_pasted_page_falls_into_its_parts() {
    let expected = [
        "headline", "outlet", "byline", "date", "reading_time", "paragraph", "caption", "heading",
        "paragraph", "furniture", "furniture", "heading", "paragraph", "furniture", "furniture", "furniture",
    ];
    assert_eq!(names_of(PASTED), expected);
    let article = article(PASTED);
    assert_eq!(article.title.as_deref(), Some("Chile picks its own yard for four new frigates"));
    assert_eq!(article.outlet.as_deref(), Some("Correo del Sur"));
    assert_eq!(article.byline.as_deref(), Some("Jane Doe and John Roe"));
    assert_eq!(article.date.as_deref(), Some("2024-08-08"));
    let sections: Vec<_> = article.body().map(|p| p.section.as_deref()).collect();
    assert_eq!(sections, [None, Some("What will be on board"), Some("Night")]);
}

#[test]
fn windows_line_ends_and_missing_blank_lines_change_nothing() {
    assert_eq!(kinds_of(&PASTED.replace('\n', "\r\n")), kinds_of(PASTED));
    assert_eq!(kinds_of(&PASTED.replace("\n\n", "\n")), kinds_of(PASTED));
    assert_eq!(kinds_of(&format!("\u{feff}{PASTED}")), kinds_of(PASTED));
}

#[test]
fn every_span_slices_back_to_its_block() {
    let text = PASTED.replace('\n', "\r\n");
    for paragraph in article(&text).paragraphs {
        assert_eq!(paragraph.span.unwrap().of(&text), paragraph.text);
    }
}

#[test]
fn short_input_is_prose() {
    assert_eq!(kinds_of("Hello"), [("paragraph", "Hello".to_owned())]);
    assert_eq!(names_of("The minister resigned on Monday."), ["paragraph"]);
    assert_eq!(names_of("the minister resigned on monday"), ["paragraph"]);
    assert_eq!(names_of("A line\nAnother line"), ["paragraph", "paragraph"]);
    assert!(article("").paragraphs.is_empty());
}

#[test]
fn paragraphs_without_headline_have_none() {
    let article =
        article("The minister resigned on Monday.\n\nHis deputy took over.\n\nNobody was surprised.");
    assert_eq!(article.title, None);
    assert_eq!(article.body().count(), 3);
}

#[test]
fn the_outlet_may_stand_above_the_headline() {
    let text = "EL HERALDO DE LA SIERRA – English Supplement\nNineteen Drowned as River Carries Off Bridge\n\
        Monday, February 16, 1976\nBy ROSA MARIA TORREALBA\n\nA bridge gave way at ten o’clock.";
    assert_eq!(names_of(text), ["outlet", "headline", "date", "byline", "paragraph"]);
}

#[test]
fn a_kicker_is_furniture_and_a_writer_without_by_is_a_byline() {
    let text =
        "SPORT\nBarefoot no more at Lake Toba\nArchipelago Post\nRudi Simanjuntak\n\nThe road turned up.";
    assert_eq!(names_of(text), ["furniture", "headline", "outlet", "byline", "paragraph"]);
}

#[test]
fn links_below_a_heading_of_links_are_furniture() {
    let text = "Wool prices rise again\n\nWool rose by half.\nIt rose again today.\nRelated articles\n\
        How long will the coal last?\nSugar: shops ration to 2lb";
    assert_eq!(names_of(text), ["headline", "paragraph", "paragraph", "furniture", "furniture", "furniture"]);
}

#[test]
fn a_list_amid_the_text_is_prose() {
    let text = "The ships are these.\nZeffiro\nRosanna\nLynch\nBrindisi\nThey sail on Monday.";
    assert!(names_of(text).iter().all(|kind| *kind == "paragraph"));
}

#[test]
fn a_chronicle_keeps_its_dates_as_headings() {
    let text =
        "The war began.\nIt went on.\nIt went on.\nIt went on.\n12 March 2004\nA shell fell on the market.";
    assert_eq!(names_of(text)[4], "heading");
}

#[test]
fn a_question_in_quotes_is_said_by_somebody() {
    let text = "They asked him.\n“Where were you on Monday?”\nHe did not know.\nWhat was in the dossier?\nNobody ever said.";
    assert_eq!(names_of(text), ["paragraph", "paragraph", "paragraph", "heading", "paragraph"]);
}
