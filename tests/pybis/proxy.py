"""Stands between pyBIS and the server and writes down what the server answers."""

import http.server
import json
import threading
import urllib.error
import urllib.request


class Proxy:
    """Passes requests on to `url`; each answer becomes a line of `file`, with its method.

    The requests themselves are not written down: pyBIS sends some that are not by the
    contract.
    """

    def __init__(self, url, file):
        lock = threading.Lock()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status, got = pass_on(url + self.path, sent)
                line = {
                    "service": "AS",
                    "method": json.loads(sent).get("method"),
                    "response": json.loads(got),
                }
                with lock:
                    file.write(json.dumps(line) + "\n")
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(got)))
                self.end_headers()
                self.wfile.write(got)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def pass_on(url, body):
    request = urllib.request.Request(
        url, data=body, headers={"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
