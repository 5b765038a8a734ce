#!/usr/bin/env python3
"""A webhook that keeps a search index what a DynamoDB table is.

Gramme's triggers post the changes of a table to it, and it writes them to the _bulk endpoint of OpenSearch, or of whatever
else understands that: one document for each item. See README.md beside this file. Needs nothing but Python 3.8.
"""

import argparse
import base64
import json
import sys
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def plain(value):
    """A DynamoDB attribute value as a value of a document. Numbers that JSON would round stay text."""
    (kind, content), = value.items()
    if kind == "N":
        return number(content)
    if kind == "NS":
        return [number(one) for one in content]
    if kind == "L":
        return [plain(one) for one in content]
    if kind == "M":
        return {name: plain(one) for name, one in content.items()}
    if kind == "NULL":
        return None
    return content


def number(text):
    as_float = float(text)
    if text.lstrip("-").isdigit() and abs(as_float) < 2**53:
        return int(text)
    return as_float if len(text.strip("-0.").replace(".", "")) <= 15 else text


def document_id(keys):
    """The same for every change of an item, and for no other: the typed values of its key, safe in a URL."""
    key = json.dumps([keys[name] for name in sorted(keys)], separators=(",", ":"), sort_keys=True)
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def version(sequence_number):
    """Grows with each change of an item, and fits the 63 bits that an external version may have.

    A trigger may send a change again after later ones. With its version the index knows that it is old, and leaves the
    newer document alone.
    """
    return int(sequence_number[1:21])


def bulk_lines(index, records):
    """Two lines for each document that is written, one for each that is deleted."""
    for record in records:
        change = record["dynamodb"]
        action = {
            "_index": index,
            "_id": document_id(change["Keys"]),
            "version": version(change["SequenceNumber"]),
            "version_type": "external",
        }
        if record["eventName"] == "REMOVE":
            yield {"delete": action}
        else:
            yield {"index": action}
            yield {name: plain(value) for name, value in change["NewImage"].items()}


def failures(records, answer):
    """The sequence numbers of the changes that the index did not take.

    409 is an older change than the index has, and 404 a deletion of what is not there: both are as they should be.
    """
    failed = []
    for record, item in zip(records, answer["items"]):
        (outcome,) = item.values()
        if outcome["status"] >= 300 and outcome["status"] not in (404, 409):
            print("not indexed:", json.dumps(outcome), file=sys.stderr)
            failed.append(record["dynamodb"]["SequenceNumber"])
    return failed


def send(url, index, records):
    body = "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in bulk_lines(index, records))
    request = urllib.request.Request(
        url.rstrip("/") + "/_bulk", body.encode(), {"Content-Type": "application/x-ndjson"}, method="POST"
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


class Webhook(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        try:
            answer = send(self.server.search, self.server.index, event["Records"])
            failed = failures(event["Records"], answer)
            self.answer(200, {"batchItemFailures": [{"itemIdentifier": number} for number in failed]})
        except (urllib.error.URLError, OSError) as why:
            # 503 says that nobody is to blame: the trigger waits and sends the batch again.
            self.answer(503, {"message": f"the search engine does not answer: {why}"})

    def answer(self, status, body):
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


def main():
    options = argparse.ArgumentParser(description="Keeps a search index what a DynamoDB table is.")
    options.add_argument("--search", default="http://127.0.0.1:9200", help="where OpenSearch listens")
    options.add_argument("--index", required=True, help="the index to write to")
    options.add_argument("--port", type=int, default=9100, help="where to listen; 0 takes any free port")
    given = options.parse_args()
    server = ThreadingHTTPServer(("127.0.0.1", given.port), Webhook)
    server.search, server.index = given.search, given.index
    print(f"listening on http://127.0.0.1:{server.server_port}/", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
