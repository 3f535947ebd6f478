//! Searches in a small family of samples.
use super::{Memory, Question, run};
use crate::model::Kind;
use crate::sandbox::store::{Number, Object, Slot, Store};
use crate::wire::bean::{Graph, Node};

const ALICE: Number = Number(1);

/// A grandmother, a mother, a father and their child in the space `LAB`; the mother has two
/// tags, of which one is another person's.
struct Family {
    store: Store,
    graph: Graph,
}

impl Family {
    fn new() -> Self {
        let mut store = Store::default();
        let alice = store.add(Kind::Person, [("userId", "alice".into())]);
        let bob = store.add(Kind::Person, [("userId", "bob".into())]);
        assert_eq!(alice, ALICE);
        let mut tag = |code: &str, owner: Number| {
            store.add(Kind::Tag, [("code", code.into()), ("owner", owner.into())])
        };
        let tags = vec![tag("HOT", alice), tag("COLD", bob)];
        let space = store.add(Kind::Space, [("code", "LAB".into())]);
        store.add(
            Kind::PropertyType,
            [("code", "COUNT".into()), ("dataType", "INTEGER".into())],
        );
        let mut sample = |code: &str, parents: Vec<Number>, count: &str| {
            let properties = [("COUNT".to_owned(), count.to_owned())].into();
            store.add(
                Kind::Sample,
                [
                    ("code", code.into()),
                    ("space", space.into()),
                    ("parents", Slot::Many(parents)),
                    ("properties", Slot::Map(properties)),
                ],
            )
        };
        let grandma = sample("GRANDMA", vec![], "1");
        let mother = sample("MOTHER", vec![grandma], "2");
        let father = sample("FATHER", vec![], "3");
        sample("CHILD", vec![mother, father], "4");
        store.set(mother, "tags", Slot::Many(tags));
        Self { store, graph: Graph::new() }
    }

    fn bean(&mut self, class: &'static str, fields: &[(&'static str, Node)]) -> Node {
        let bean = self.graph.add(class);
        for (field, node) in fields {
            self.graph.set(bean, field, node.clone());
        }
        Node::Bean(bean)
    }

    fn code(&mut self, code: &str) -> Node {
        let class = "as.dto.common.search.StringEqualToValue";
        let value = self.bean(class, &[("value", code.into())]);
        let class = "as.dto.common.search.CodeSearchCriteria";
        self.bean(class, &[("fieldValue", value)])
    }

    fn of(&mut self, class: &'static str, inner: Vec<Node>) -> Node {
        self.bean(class, &[("criteria", Node::List(inner))])
    }

    /// `OR`, and negated if so.
    fn one_of(&mut self, inner: Vec<Node>, negated: bool) -> Node {
        let fields = [
            ("criteria", Node::List(inner)),
            ("operator", "OR".into()),
            ("negated", negated.into()),
        ];
        self.bean(SAMPLES, &fields)
    }

    /// The codes of what is found, or what is said against it.
    fn find(&mut self, criteria: Vec<Node>) -> Result<Vec<&str>, String> {
        self.find_as(criteria, &|_| true)
    }

    fn find_as(
        &mut self,
        criteria: Vec<Node>,
        sees: &dyn Fn(&Object) -> bool,
    ) -> Result<Vec<&str>, String> {
        let criteria = self.of(SAMPLES, criteria);
        let options = self.bean("as.dto.sample.fetchoptions.SampleFetchOptions", &[]);
        let (Node::Bean(criteria), Node::Bean(options)) = (criteria, options) else {
            return Err("no beans".to_owned());
        };
        let question = Question {
            kind: Kind::Sample,
            criteria: self.graph.view(criteria),
            options: self.graph.view(options),
            caller: ALICE,
            sees,
        };
        let found = run(&self.store, question, &Memory::default())
            .map_err(|fault| fault.message)?;
        Ok(found.iter().map(|&number| self.store.get(number).unwrap().code()).collect())
    }
}

const SAMPLES: &str = "as.dto.sample.search.SampleSearchCriteria";
const PARENTS: &str = "as.dto.sample.search.SampleParentsSearchCriteria";
const CHILDREN: &str = "as.dto.sample.search.SampleChildrenSearchCriteria";
const TAG: &str = "as.dto.tag.search.TagSearchCriteria";

#[test]
fn parents_and_children_count_directly_only() {
    let mut family = Family::new();
    let grandma = family.code("GRANDMA");
    let parents = family.of(PARENTS, vec![grandma]);
    assert_eq!(family.find(vec![parents]).unwrap(), ["MOTHER"]);
    let child = family.code("CHILD");
    let children = family.of(CHILDREN, vec![child]);
    assert_eq!(family.find(vec![children]).unwrap(), ["MOTHER", "FATHER"]);
}

#[test]
fn two_codes_in_one_criteria_have_to_fit_one_parent() {
    let mut family = Family::new();
    let codes = vec![family.code("MOTHER"), family.code("FATHER")];
    let parents = family.of(PARENTS, codes);
    assert!(family.find(vec![parents]).unwrap().is_empty());
}

#[test]
fn two_parents_criteria_are_about_one_parent() {
    let mut family = Family::new();
    let (mother, father) = (family.code("MOTHER"), family.code("FATHER"));
    let both = vec![family.of(PARENTS, vec![mother]), family.of(PARENTS, vec![father])];
    assert!(family.find(both).unwrap().is_empty());
}

#[test]
fn a_sub_criteria_joins_by_or() {
    let mut family = Family::new();
    let codes = vec![family.code("MOTHER"), family.code("CHILD")];
    let one = family.one_of(codes, false);
    assert_eq!(family.find(vec![one]).unwrap(), ["MOTHER", "CHILD"]);
}

#[test]
fn negation_turns_fields_around_but_not_relatives() {
    let mut family = Family::new();
    let mother = family.code("MOTHER");
    let others = family.one_of(vec![mother.clone()], true);
    assert_eq!(family.find(vec![others]).unwrap(), ["GRANDMA", "FATHER", "CHILD"]);
    let parents = family.of(PARENTS, vec![mother]);
    let children = family.one_of(vec![parents], true);
    assert_eq!(family.find(vec![children]).unwrap(), ["CHILD"]);
}

#[test]
fn negating_nothing_is_no_condition() {
    let mut family = Family::new();
    let nothing = family.one_of(vec![], true);
    assert_eq!(family.find(vec![nothing]).unwrap().len(), 4);
}

#[test]
fn the_tags_of_others_find_nothing() {
    let mut family = Family::new();
    let hot = family.code("HOT");
    let own = family.of(TAG, vec![hot]);
    assert_eq!(family.find(vec![own]).unwrap(), ["MOTHER"]);
    let cold = family.code("COLD");
    let foreign = family.of(TAG, vec![cold]);
    assert!(family.find(vec![foreign]).unwrap().is_empty());
}

#[test]
fn hidden_relatives_find_nothing() {
    let mut family = Family::new();
    let grandma = family.code("GRANDMA");
    let parents = family.of(PARENTS, vec![grandma]);
    let sees = |object: &Object| object.code() != "GRANDMA";
    assert!(family.find_as(vec![parents], &sees).unwrap().is_empty());
}

#[test]
fn a_number_is_not_searched_like_a_text() {
    let mut family = Family::new();
    let class = "as.dto.common.search.StringContainsValue";
    let value = family.bean(class, &[("value", "2".into())]);
    let fields = [("fieldName", "COUNT".into()), ("fieldValue", value)];
    let class = "as.dto.common.search.StringPropertySearchCriteria";
    let property = family.bean(class, &fields);
    let fault = family.find(vec![property]).unwrap_err();
    assert_eq!(fault, "Operator Contains undefined for datatype INTEGER.");
}

#[test]
fn a_criteria_of_no_relation_is_refused_by_its_name() {
    let mut family = Family::new();
    let class = "as.dto.vocabulary.search.VocabularySearchCriteria";
    let vocabulary = family.of(class, vec![]);
    let fault = family.find(vec![vocabulary]).unwrap_err();
    assert_eq!(fault, "Unsupported criterion type: VocabularySearchCriteria");
}
