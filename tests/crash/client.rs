use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result, Write};
use std::net::TcpStream;

use serde::Deserialize;

/// Somebody who is logged in, over one connection.
pub(crate) struct Client {
    stream: BufReader<TcpStream>,
    token: String,
}

#[derive(Deserialize)]
struct Reply<Answer> {
    result: Answer,
}

#[derive(Deserialize)]
struct Found {
    objects: Vec<Project>,
}

#[derive(Deserialize)]
struct Project {
    code: String,
    description: Option<String>,
}

impl Client {
    pub(crate) fn login(address: &str) -> Result<Self> {
        let stream = BufReader::new(TcpStream::connect(address)?);
        let mut client = Self { stream, token: String::new() };
        let body = client.ask("login", r#""admin","pw""#)?;
        client.token = serde_json::from_str::<Reply<String>>(&body)?.result;
        Ok(client)
    }

    /// Makes projects, all in one call.
    pub(crate) fn create(&mut self, codes: &[String]) -> Result<()> {
        let space = r#"{"@type":"as.dto.space.id.SpacePermId","permId":"DEFAULT"}"#;
        let class = "as.dto.project.create.ProjectCreation";
        self.each("createProjects", codes, |code| {
            format!(r#"{{"@type":"{class}","code":"{code}","spaceId":{space}}}"#)
        })
    }

    /// Gives projects a description, all in one call.
    pub(crate) fn update(&mut self, codes: &[String]) -> Result<()> {
        let class = "as.dto.project.update.ProjectUpdate";
        self.each("updateProjects", codes, |code| {
            let id = format!(
                r#"{{"@type":"as.dto.project.id.ProjectIdentifier","identifier":"/DEFAULT/{code}"}}"#
            );
            let field = r#"{"@type":"as.dto.common.update.FieldUpdateValue","isModified":true,"value":"changed"}"#;
            format!(r#"{{"@type":"{class}","projectId":{id},"description":{field}}}"#)
        })
    }

    /// The descriptions of all projects, by code.
    pub(crate) fn projects(&mut self) -> Result<BTreeMap<String, Option<String>>> {
        let params = format!(
            r#""{}",{{"@type":"as.dto.project.search.ProjectSearchCriteria"}},{{"@type":"as.dto.project.fetchoptions.ProjectFetchOptions"}}"#,
            self.token
        );
        let body = self.ask("searchProjects", &params)?;
        let found = serde_json::from_str::<Reply<Found>>(&body)?.result.objects;
        Ok(found.into_iter().map(|it| (it.code, it.description)).collect())
    }

    fn each(
        &mut self,
        method: &str,
        codes: &[String],
        bean: impl Fn(&String) -> String,
    ) -> Result<()> {
        let beans: Vec<String> = codes.iter().map(bean).collect();
        let params = format!("\"{}\",[{}]", self.token, beans.join(","));
        let body = self.ask(method, &params)?;
        assert!(body.contains("\"result\":"), "{method}: {body}");
        Ok(())
    }

    fn ask(&mut self, method: &str, params: &str) -> Result<String> {
        let body = format!(
            r#"{{"jsonrpc":"2.0","id":"1","method":"{method}","params":[{params}]}}"#
        );
        let request = format!(
            "POST /openbis/openbis/rmi-application-server-v3.json HTTP/1.1\r\n\
             Host: sandbox\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        self.stream.get_mut().write_all(request.as_bytes())?;
        self.answer()
    }

    fn answer(&mut self) -> Result<String> {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if self.stream.read_line(&mut line)? == 0 {
                return Err(Error::from(ErrorKind::UnexpectedEof));
            }
            if line.trim().is_empty() {
                break;
            }
            let header = line.to_lowercase();
            if let Some(value) = header.strip_prefix("content-length:") {
                length = value.trim().parse().map_err(Error::other)?;
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        String::from_utf8(body).map_err(Error::other)
    }
}
