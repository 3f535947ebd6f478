//! Ways to a server: by a proxy, beneath a path, over IPv6, with a certificate of its own.
use std::path::Path;
use std::sync::Arc;

use rhobis::client::{
    self, Client, Distrust, Error, Http, Route, Timeouts, Trust, certificate_at,
};
use rhobis::sandbox::http::Certificate;

use crate::lab::{admin, things};
use crate::proxy::Proxy;
use crate::served::{Served, Setup};

fn by(url: &str, route: &Route) -> Client {
    let http = Http::by(url, route, Timeouts::default()).unwrap();
    Client::new(Arc::new(http), admin())
}

fn trusting(trust: Trust) -> Route {
    Route { trust, ..Route::default() }
}

fn through(proxy: &Proxy) -> Route {
    let address = proxy.url.as_str().into();
    Route {
        proxy: client::Proxy::At { address, except: String::new() },
        ..Route::default()
    }
}

fn certificate() -> Certificate {
    Certificate::new("localhost").unwrap()
}

#[test]
fn everything_goes_through_a_proxy() {
    let (proxy, server) = (Proxy::new(), Served::new());
    assert_eq!(things(&by(&server.url, &through(&proxy)), 3).len(), 3);
    assert!(proxy.requests() > 3);
    assert_eq!(proxy.tunnels(), 0);
}

#[test]
fn what_is_excepted_goes_past_the_proxy() {
    let (proxy, server) = (Proxy::new(), Served::new());
    let address = proxy.url.as_str().into();
    let except = "127.0.0.1".to_owned();
    let route =
        Route { proxy: client::Proxy::At { address, except }, ..Route::default() };
    by(&server.url, &route).token().unwrap();
    assert_eq!((proxy.requests(), proxy.tunnels()), (0, 0));
}

#[test]
fn https_goes_through_a_proxy_unread() {
    let certificate = certificate();
    let pin = certificate.fingerprint().unwrap().parse().unwrap();
    let (proxy, server) = (Proxy::new(), Setup::new().certificate(certificate).serve());
    let route = Route { trust: Trust::Pin(pin), ..through(&proxy) };
    by(&server.url, &route).token().unwrap();
    assert_eq!((proxy.requests(), proxy.tunnels()), (0, 1));
}

#[test]
fn a_server_may_stand_beneath_a_path() {
    let server = Setup::new().beneath("/deep/lab").serve();
    assert_eq!(things(&by(&server.url, &Route::default()), 3).len(), 3);
    let with_page = format!("{}/openbis/webapp/eln-lims/", server.url);
    by(&with_page, &Route::default()).token().unwrap();
}

#[test]
fn a_server_may_have_an_address_of_ipv6() {
    let server = Setup::new().listen("[::1]:0").beneath("/lab").serve();
    assert!(server.url.starts_with("http://[::1]:"), "{}", server.url);
    assert_eq!(things(&by(&server.url, &Route::default()), 3).len(), 3);
}

#[test]
fn https_works_over_ipv6() {
    let folder = tempfile::tempdir().unwrap();
    let certificate = certificate();
    let file = folder.path().join("ca.pem");
    std::fs::write(&file, certificate.pem()).unwrap();
    let server = Setup::new().listen("[::1]:0").certificate(certificate).serve();
    by(&server.url, &trusting(Trust::CaFile(file))).token().unwrap();
}

#[test]
fn a_self_signed_server_is_refused_with_two_ways_to_trust_it() {
    let certificate = certificate();
    let fingerprint = certificate.fingerprint().unwrap();
    let server = Setup::new().certificate(certificate).serve();
    let error = by(&server.url, &Route::default()).token().unwrap_err();
    let Error::Untrusted { source, .. } = error else { panic!("{error:?}") };
    let Distrust::Unknown { why, .. } = &source else { panic!("{source:?}") };
    assert!(why.contains("self-signed"), "{why}");
    let hints = source.hints();
    assert!(hints[0].contains("`ca_file`"), "{hints:?}");
    assert!(hints[1].contains(&fingerprint), "{hints:?}");
}

#[test]
fn the_fingerprint_that_is_shown_is_that_of_the_server() {
    let certificate = certificate();
    let fingerprint = certificate.fingerprint().unwrap();
    let server = Setup::new().certificate(certificate).serve();
    let shown = certificate_at(&server.url, &Route::default(), Timeouts::default());
    assert_eq!(shown.unwrap().unwrap().to_string(), fingerprint);
}

#[test]
fn a_pinned_certificate_is_taken_until_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    let kept = |renew| Certificate::kept(folder.path(), "localhost", renew).unwrap();
    let pin = kept(false).fingerprint().unwrap().parse().unwrap();
    let first = Setup::new().certificate(kept(false)).serve();
    by(&first.url, &trusting(Trust::Pin(pin))).token().unwrap();
    let address = first.address.clone();
    drop(first);
    let renewed = kept(true);
    let found = renewed.fingerprint().unwrap();
    let second = Setup::new().listen(&address).certificate(renewed).serve();
    let error = by(&second.url, &trusting(Trust::Pin(pin))).token().unwrap_err();
    let Error::Untrusted { source, .. } = error else { panic!("{error:?}") };
    assert!(source.to_string().contains("CHANGED"), "{source}");
    assert_eq!(source.found().to_string(), found);
}

#[test]
fn a_file_without_certificates_is_refused() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let route = trusting(Trust::CaFile(file));
    let http = Http::by("https://localhost", &route, Timeouts::default());
    assert!(matches!(http, Err(Error::Unreachable { .. })));
}
