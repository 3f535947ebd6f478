use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::*;
use crate::model::{Change, Criterion, Kind};

/// A server that answers as it is told to, and counts.
struct Scripted<F> {
    answer: F,
    logins: AtomicUsize,
    requests: Mutex<Vec<String>>,
}

impl<F: Fn(&str, usize) -> String + Send + Sync> Transport for Scripted<F> {
    fn url(&self) -> &'static str {
        "test:"
    }

    fn carry(&self, _service: &str, request: &str) -> Result<Answer, Error> {
        self.requests.lock().unwrap().push(request.to_owned());
        let body = if request.contains("\"login\"") {
            let number = self.logins.fetch_add(1, Ordering::SeqCst) + 1;
            result(&format!("\"T{number}\""))
        } else {
            (self.answer)(request, self.logins.load(Ordering::SeqCst))
        };
        Ok(Answer { status: 200, body })
    }
}

fn server<F: Fn(&str, usize) -> String + Send + Sync>(answer: F) -> Arc<Scripted<F>> {
    Arc::new(Scripted { answer, logins: AtomicUsize::new(0), requests: Mutex::default() })
}

fn ann() -> Credentials {
    Credentials::Password { user: "ann".to_owned(), password: "pw".into() }
}

fn result(json: &str) -> String {
    format!(r#"{{"jsonrpc":"2.0","id":"1","result":{json}}}"#)
}

fn lost() -> String {
    let message = "Session token 'T1' is invalid: user is not logged in.";
    let class = "ch.systemsx.cisd.common.exceptions.InvalidSessionException";
    format!(
        r#"{{"jsonrpc":"2.0","id":"1","error":{{"code":0,"message":"{message}","data":{{"@id":1,"exceptionTypeName":"{class}"}}}}}}"#
    )
}

#[test]
fn threads_that_come_together_log_in_once() {
    let server = server(|_, _| {
        thread::sleep(Duration::from_millis(5));
        result(r#"{"api-version":"3.6"}"#)
    });
    let client = Client::new(server.clone(), ann());
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| client.server_information().unwrap());
        }
    });
    assert_eq!(server.logins.load(Ordering::SeqCst), 1);
}

#[test]
fn a_lost_session_is_renewed_once() {
    let server = server(|_, logins| if logins < 2 { lost() } else { result("{}") });
    let client = Client::new(server.clone(), ann());
    client.server_information().unwrap();
    assert_eq!(server.logins.load(Ordering::SeqCst), 2);
    let last = server.requests.lock().unwrap().last().unwrap().clone();
    assert!(last.contains("\"T2\""), "{last}");
}

#[test]
fn a_session_that_stays_lost_is_an_error() {
    let server = server(|_, _| lost());
    let error = Client::new(server.clone(), ann()).server_information().unwrap_err();
    assert!(error.is_session_lost());
    assert_eq!(server.logins.load(Ordering::SeqCst), 2);
}

#[test]
fn a_lost_token_cannot_be_renewed() {
    let server = server(|_, _| lost());
    let client = Client::new(server, Credentials::Token("T".into()));
    assert!(client.server_information().unwrap_err().is_session_lost());
}

#[test]
fn nobody_in_particular_is_told_so() {
    let client = Client::new(server(|_, _| result("null")), Credentials::None);
    assert!(matches!(client.token(), Err(Error::NoCredentials)));
}

struct Refusing;

impl Transport for Refusing {
    fn url(&self) -> &'static str {
        "test:"
    }

    fn carry(&self, _service: &str, _request: &str) -> Result<Answer, Error> {
        Ok(Answer { status: 200, body: result("null") })
    }
}

#[test]
fn a_login_without_a_token_means_a_wrong_password() {
    let client = Client::new(Arc::new(Refusing), ann());
    assert!(
        matches!(client.token(), Err(Error::WrongPassword { user }) if user == "ann")
    );
}

#[test]
fn a_web_page_is_no_openbis() {
    let client = Client::new(server(|_, _| "<html>hello".to_owned()), ann());
    let error = client.server_information().unwrap_err();
    assert!(
        matches!(&error, Error::NotOpenbis { found, .. } if found == "a web page (status 200)"),
        "{error:?}"
    );
}

fn space(number: u64) -> String {
    format!(
        r#"{{"@type":"as.dto.space.Space","@id":{},"permId":{{"@type":"as.dto.space.id.SpacePermId","@id":{},"permId":"S{number}"}},"code":"S{number}"}}"#,
        number * 2 + 2,
        number * 2 + 3,
    )
}

/// Five spaces, page by page.
fn five_spaces(request: &str, _logins: usize) -> String {
    let number = |name: &str| {
        let rest = request.split(&format!("\"{name}\":")).nth(1)?;
        rest.split(|c: char| !c.is_ascii_digit()).next()?.parse::<u64>().ok()
    };
    let from = number("from").unwrap_or(0);
    let to = (from + number("count").unwrap_or(5)).min(5);
    let objects: Vec<String> = (from..to).map(space).collect();
    result(&format!(
        r#"{{"@type":"as.dto.common.search.SearchResult","@id":1,"objects":[{}],"totalCount":5}}"#,
        objects.join(",")
    ))
}

fn codes(pages: Pages) -> Vec<usize> {
    pages.map(|page| page.unwrap().records.len()).collect()
}

#[test]
fn pages_come_one_after_the_other_until_all_is_there() {
    let client = Client::new(server(five_spaces), ann());
    let pages = || client.pages(Criteria::all(Kind::Space), Fetch::plain(Kind::Space));
    assert_eq!(codes(pages().of(2)), [2, 2, 1]);
    assert_eq!(codes(pages()), [5]);
}

#[test]
fn pages_begin_and_end_where_the_fetch_says() {
    let client = Client::new(server(five_spaces), ann());
    let mut fetch = Fetch::plain(Kind::Space);
    (fetch.from, fetch.count) = (Some(1), Some(3));
    assert_eq!(codes(client.pages(Criteria::all(Kind::Space), fetch).of(2)), [2, 1]);
}

#[test]
fn every_page_is_sorted() {
    let server = server(five_spaces);
    let client = Client::new(server.clone(), ann());
    codes(client.pages(Criteria::all(Kind::Space), Fetch::plain(Kind::Space)).of(2));
    let requests = server.requests.lock().unwrap();
    assert!(requests[1..].iter().all(|request| request.contains("\"sortings\"")));
}

#[test]
fn a_get_gives_what_there_is_in_the_order_asked() {
    let client =
        Client::new(server(|_, _| result(&format!(r#"{{"S1":{}}}"#, space(1)))), ann());
    let ids = ["S0", "S1"].map(|code| Id::parse(Kind::Space, code).unwrap());
    let found = client.get(&ids, &Fetch::plain(Kind::Space)).unwrap();
    assert!(found[0].is_none());
    assert_eq!(found[1].as_ref().unwrap().text("code"), Some("S1"));
}

#[test]
fn creations_go_in_one_call_and_give_their_ids() {
    let id = r#"{"@type":"as.dto.space.id.SpacePermId","@id":1,"permId":"A"}"#;
    let created = format!(r#"{{"@type":"C","@id":2,"objectIds":[{id},1],"message":""}}"#);
    let server = server(move |_, _| {
        result(&format!(r#"{{"@type":"S","@id":3,"results":[{created}]}}"#))
    });
    let client = Client::new(server.clone(), ann());
    let create = || Change::Create(Record::new(Kind::Space));
    let outcomes = client.apply(vec![create(), create()]).unwrap();
    let expected = Id::parse(Kind::Space, "A").unwrap();
    assert_eq!(
        outcomes,
        [Outcome::Created(expected.clone()), Outcome::Created(expected)]
    );
    assert_eq!(server.requests.lock().unwrap().len(), 2);
}

#[test]
fn credentials_cannot_be_printed() {
    let printed = format!("{:?}", ann());
    assert!(printed.contains("ann") && !printed.contains("pw"), "{printed}");
}

#[test]
fn the_criteria_of_a_search_are_not_lost() {
    let server = server(five_spaces);
    let client = Client::new(server.clone(), ann());
    let ids = Criterion::Ids(vec![Id::parse(Kind::Space, "LAB").unwrap()]);
    client
        .search(&Criteria::all(Kind::Space).with(ids), &Fetch::plain(Kind::Space))
        .unwrap();
    assert!(server.requests.lock().unwrap()[1].contains("IdSearchCriteria"));
}
