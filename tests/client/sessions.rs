use rhobis::client::Error;

use crate::lab::{Listening, admin, client, with_password};

#[test]
fn a_session_begins_lives_and_ends() {
    let client = client();
    let token = client.token().unwrap();
    assert!(client.is_session_active(None).unwrap());
    assert_eq!(client.session_information().unwrap().user, "admin");
    client.logout().unwrap();
    assert!(!client.is_session_active(Some(&token)).unwrap());
}

#[test]
fn a_session_that_ended_elsewhere_is_renewed() {
    let client = client();
    let token = client.token().unwrap();
    let other = client.clone();
    other.logout().unwrap();
    client.server_information().unwrap();
    assert_ne!(client.token().unwrap(), token);
}

#[test]
fn over_http_it_is_the_same() {
    let server = Listening::new();
    let client = server.client(admin());
    assert_eq!(client.server_information().unwrap()["api-version"], "3.6");
    client.logout().unwrap();
}

#[test]
fn a_wrong_password_is_told_as_such() {
    let server = Listening::new();
    let error = server.client(with_password("wrong")).token().unwrap_err();
    assert!(matches!(error, Error::WrongPassword { user } if user == "admin"));
}
