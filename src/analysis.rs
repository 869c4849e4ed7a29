//! Where the two legs meet: an article is measured and its paragraphs are classified.

mod context;

use crate::article::{Article, Paragraph};
use crate::classify::{Session, TopicModel, TopicRanking};
use crate::metrics::{ExtraValues, Extras, Metric, TextCounts};
use crate::text::{Language, Span, Tokenizer};

pub use self::context::in_context;

/// What is done with each article.
#[derive(Debug, Clone)]
pub struct Analysis<'m> {
    /// Classifies the paragraphs.
    pub model: &'m TopicModel,
    /// Numbers to be taken of each article.
    pub metrics: Vec<&'static Metric>,
    /// What is told beside them.
    pub extras: Extras,
    /// The language of articles whose own was not [detected](Article::detected_language).
    pub language: &'static Language,
    /// Whether paragraphs are ranked [`in_context`].
    pub context: bool,
}

/// An article's numbers and its paragraphs' topics.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleReport {
    /// Identifier within the run.
    pub article_id: String,
    /// The file that it was read from.
    pub file: String,
    /// Headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// ISO 8601 date.
    pub date: Option<String>,
    /// Author.
    pub byline: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// Language tag that the source declares.
    pub language: Option<String>,
    /// Columns carried through from the input.
    pub kept: Vec<(String, String)>,
    /// Paragraphs of prose.
    pub n_paragraphs: usize,
    /// Sentences of prose.
    pub n_sentences: usize,
    /// Words of prose.
    pub n_words: usize,
    /// One value for each metric of the [`Analysis`].
    pub metrics: Vec<Option<f64>>,
    /// What was asked for beside them.
    pub extras: ExtraValues,
    /// The paragraphs of prose, in order.
    pub paragraphs: Vec<ParagraphReport>,
    /// Share of the article's words in paragraphs of each topic, by label; `None` for an article without words. They
    /// sum to less than one where paragraphs have no topic.
    pub topic_shares: Option<Vec<f64>>,
}

/// A paragraph's topics.
#[derive(Debug, Clone, PartialEq)]
pub struct ParagraphReport {
    /// Its number among the paragraphs of prose, from 1.
    pub number: usize,
    /// The section heading above it.
    pub section: Option<String>,
    /// Its text.
    pub text: String,
    /// Where it stands in the file, if the file's form keeps places.
    pub span: Option<Span>,
    /// Words in it.
    pub n_words: usize,
    /// Words in it that the model does not leave out as stop words.
    pub n_content_words: usize,
    /// Those of them that occur in terms which the model knows.
    pub n_known_words: usize,
    /// Its topics; `None` if it has no term that the model knows.
    pub ranking: Option<TopicRanking>,
}

impl ArticleReport {
    /// The label with the largest share of the words; ties go to the label that sorts first. `None` if no
    /// paragraph has a topic.
    pub fn dominant_topic(&self) -> Option<usize> {
        let shares = self.topic_shares.as_deref()?;
        crate::math::argmax(shares).filter(|&label| shares[label] > 0.0)
    }

    /// The share of its words, stop words left out, that occur in no term of the model; `None` if it has none.
    pub fn out_of_vocabulary_share(&self) -> Option<f64> {
        let sum = |count: fn(&ParagraphReport) -> usize| self.paragraphs.iter().map(count).sum::<usize>();
        let (words, known) = (sum(|p| p.n_content_words), sum(|p| p.n_known_words));
        (words > 0).then(|| (words - known) as f64 / words as f64)
    }
}

impl<'m> Analysis<'m> {
    /// Measures and classifies one article. `session` is of the same model; it does not shape the answer.
    pub fn of(&self, session: &mut Session<'m>, mut article: Article) -> ArticleReport {
        let counts = TextCounts::of_article(&article, article.detected_language.unwrap_or(self.language));
        let lengths = counts.paragraph_lengths().iter().copied();
        let mut paragraphs = paragraph_reports(session, article.take_body().zip(lengths));
        if self.context {
            in_context(session, article.title.as_deref(), &mut paragraphs);
        }
        ArticleReport {
            n_paragraphs: counts.n_paragraphs,
            n_sentences: counts.n_sentences,
            n_words: counts.n_words,
            metrics: self.metrics.iter().map(|metric| metric.of(&counts)).collect(),
            extras: self.extras.of(&self.metrics, &counts),
            topic_shares: topic_shares(&paragraphs, self.model.labels().len()),
            paragraphs,
            article_id: article.id,
            file: article.file,
            title: article.title,
            outlet: article.outlet,
            date: article.date,
            byline: article.byline,
            url: article.url,
            language: article.language,
            kept: article.kept,
        }
    }
}

/// The topics of each of an article's paragraphs of prose.
pub fn classify_paragraphs(
    session: &mut Session<'_>,
    body: impl Iterator<Item = Paragraph>,
) -> Vec<ParagraphReport> {
    let with_length = |paragraph: Paragraph| {
        let n_words = Tokenizer::news().n_words(&paragraph.text);
        (paragraph, n_words)
    };
    paragraph_reports(session, body.map(with_length))
}

/// The same, where it is known how many words each has.
fn paragraph_reports(
    session: &mut Session<'_>,
    body: impl Iterator<Item = (Paragraph, usize)>,
) -> Vec<ParagraphReport> {
    let report = |(number, (paragraph, n_words)): (usize, (Paragraph, usize))| {
        let ranking = session.classify(&paragraph.text);
        ParagraphReport {
            number,
            section: paragraph.section,
            text: paragraph.text,
            span: paragraph.span,
            n_words,
            n_content_words: session.n_words(),
            n_known_words: session.n_known_words(),
            ranking,
        }
    };
    let (_, most) = body.size_hint();
    let mut reports = Vec::with_capacity(most.unwrap_or_default());
    reports.extend((1..).zip(body).map(report));
    reports
}

fn topic_shares(paragraphs: &[ParagraphReport], n_labels: usize) -> Option<Vec<f64>> {
    let total: usize = paragraphs.iter().map(|p| p.n_words).sum();
    if total == 0 {
        return None;
    }
    let mut words = vec![0_usize; n_labels];
    for paragraph in paragraphs {
        if let Some(topic) = paragraph.ranking.as_ref().and_then(TopicRanking::topic) {
            words[topic] += paragraph.n_words;
        }
    }
    Some(words.into_iter().map(|n| n as f64 / total as f64).collect())
}
