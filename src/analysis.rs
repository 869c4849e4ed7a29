//! Where the two legs meet: an article is measured and its paragraphs are classified.

use crate::article::{Article, Paragraph};
use crate::classify::{Session, TopicModel, TopicRanking};
use crate::metrics::{ExtraValues, Extras, Metric, TextCounts};
use crate::text::{Language, Span, Tokenizer};

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
            in_context(&mut paragraphs);
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
    (1..).zip(body).map(report).collect()
}

/// How often a paragraph keeps the topic of the one before it for that reason alone; else any topic may follow. Chosen by
/// cross-validation on the whole articles of the built-in model's corpus (`models/README.md`), where neighbours have the same
/// topic in 47 of 100 cases.
const STAY: f64 = 0.25;

/// Ranks each paragraph of an article anew, in the light of the paragraphs before and after it.
///
/// A paragraph that lives from the one before ("That sentence, it turned out, was the wrong one") says little by itself, and
/// neighbours tend to share a topic. The topics of an article are a Markov chain: topic `d` follows `c` with probability
/// `[c = d] STAY + (1 - STAY) / n_topics`, `STAY = 0.25`, and begins with any. A paragraph's `P(c)` is then, up to scale,
/// `before(c) * P(c) * after(c)`: what the paragraphs up to it and from it on say of it, by the forward and backward pass (Rabiner
/// 1989, equations 19 to 27). A lone paragraph keeps its ranking. Paragraphs without known terms say nothing and get nothing,
/// but topics pass through them. The sets of [`TopicRanking::topics_at`] lose their promise of coverage, which holds for
/// paragraphs alone.
///
/// # References
///
/// Rabiner, L. R. (1989). A tutorial on hidden Markov models and selected applications in speech recognition. Proceedings of
/// the IEEE 77(2), 257-286.
pub fn in_context(paragraphs: &mut [ParagraphReport]) {
    let alone = || paragraphs.iter().map(|p| p.ranking.as_ref().map(TopicRanking::probabilities));
    let Some(n_topics) = alone().flatten().map(<[f64]>::len).next() else { return };
    let before = passed_on(alone(), n_topics);
    let after = passed_on(alone().rev(), n_topics);
    let messages = before.chunks_exact(n_topics).zip(after.chunks_exact(n_topics).rev());
    let mut weights = Vec::with_capacity(n_topics);
    for (paragraph, (before, after)) in paragraphs.iter_mut().zip(messages) {
        if let Some(ranking) = &mut paragraph.ranking {
            weights.clear();
            weights.extend(before.iter().zip(after).map(|(b, a)| b * a));
            *ranking = ranking.weighed(&weights);
        }
    }
}

/// What the paragraphs passed so far say of the topics of each one, one paragraph behind the other; for each, it sums to one.
fn passed_on<'a>(alone: impl ExactSizeIterator<Item = Option<&'a [f64]>>, n_topics: usize) -> Vec<f64> {
    let uniform = 1.0 / n_topics as f64;
    let mut messages = Vec::with_capacity((alone.len() + 1) * n_topics);
    messages.resize(n_topics, uniform);
    for own in alone {
        let here = messages.len() - n_topics;
        messages.extend_from_within(here..);
        let message = &mut messages[here + n_topics..];
        if let Some(own) = own {
            for (m, p) in message.iter_mut().zip(own) {
                *m *= p;
            }
        }
        let sum: f64 = message.iter().sum();
        for m in message {
            *m = STAY * *m / sum + (1.0 - STAY) * uniform;
        }
    }
    messages.truncate(messages.len() - n_topics);
    messages
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::{LabelledText, TopicModelParams};

    fn model() -> TopicModel {
        let row = |label, text| LabelledText { label, text, group: "" };
        let rows = [
            row("security", "Troops crossed the border under artillery fire."),
            row("security", "The navy sent two frigates and their missiles."),
            row("trade", "Tariffs on imported steel rose to a quarter."),
            row("trade", "Exporters fear quotas and delays at the customs."),
        ];
        TopicModelParams::default().fit(&rows).unwrap()
    }

    fn paragraphs(model: &TopicModel, texts: &[&str]) -> Vec<ParagraphReport> {
        let mut session = model.session();
        let report = |(number, text): (usize, &&str)| ParagraphReport {
            number,
            section: None,
            text: (*text).to_owned(),
            span: None,
            n_words: text.split_whitespace().count(),
            n_content_words: 0,
            n_known_words: 0,
            ranking: session.classify(text),
        };
        (1..).zip(texts).map(report).collect()
    }

    fn probabilities(paragraph: &ParagraphReport) -> Vec<f64> {
        paragraph.ranking.as_ref().unwrap().probabilities().to_vec()
    }

    #[test]
    fn a_lone_paragraph_keeps_its_ranking() {
        let model = model();
        let alone = paragraphs(&model, &["Tariffs and troops at the border.", "Zzz."]);
        let mut together = alone.clone();
        in_context(&mut together);
        for (p, q) in probabilities(&alone[0]).iter().zip(probabilities(&together[0])) {
            assert!((p - q).abs() < 1e-12);
        }
        assert_eq!(together[1].ranking, None);
        in_context(&mut []);
    }

    #[test]
    fn the_chain_agrees_with_the_sum_over_all_paths() {
        let model = model();
        let alone =
            paragraphs(&model, &["Delays at the border.", "Zzz.", "Steel tariffs.", "Troops and frigates."]);
        let mut together = alone.clone();
        in_context(&mut together);
        let p: Vec<Vec<f64>> = alone
            .iter()
            .map(|a| a.ranking.as_ref().map_or(vec![1.0; 2], |r| r.probabilities().to_vec()))
            .collect();
        let mut sums = vec![[0.0; 2]; 4];
        for path in 0..16_usize {
            let topic = |i: usize| path >> i & 1;
            let mut weight: f64 = (0..4).map(|i| p[i][topic(i)]).product();
            for i in 1..4 {
                weight *= if topic(i) == topic(i - 1) { 0.625 } else { 0.375 };
            }
            for (i, sum) in sums.iter_mut().enumerate() {
                sum[topic(i)] += weight;
            }
        }
        for (paragraph, sum) in together.iter().zip(sums).filter(|(paragraph, _)| paragraph.ranking.is_some())
        {
            let share = sum[0] / (sum[0] + sum[1]);
            assert!((probabilities(paragraph)[0] - share).abs() < 1e-12);
        }
    }

    #[test]
    fn the_others_of_an_article_tip_the_balance() {
        let model = model();
        let texts =
            ["Delays at the border.", "Steel tariffs rose.", "Exporters fear quotas.", "Imported steel."];
        let alone = paragraphs(&model, &texts);
        let mut together = alone.clone();
        in_context(&mut together);
        assert!(probabilities(&together[0])[1] > probabilities(&alone[0])[1] + 0.05);
        for paragraph in &together {
            assert!((probabilities(paragraph).iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
    }
}
