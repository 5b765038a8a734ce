"""Reads an export from a directory, as a reader that knows only the documented layout does.

Prints the summary's item count and the sum of all numbers of the attribute pk. Exits with 1 if anything contradicts.
"""

import base64
import gzip
import hashlib
import json
import pathlib
import sys


def md5(content):
    return base64.b64encode(hashlib.md5(content).digest()).decode()


def manifest(root, key):
    content = (root / key).read_bytes()
    for suffix in (".md5", ".checksum"):
        stored = (root / key.replace(".json", suffix)).read_text()
        assert stored == md5(content), f"{key}: {suffix} is {stored}"
    return content


def main(root, summary_key):
    summary = json.loads(manifest(root, summary_key))
    files = manifest(root, summary["manifestFilesS3Key"]).decode().splitlines()
    count = total = 0
    for line in files:
        entry = json.loads(line)
        stored = (root / entry["dataFileS3Key"]).read_bytes()
        assert entry["md5Checksum"] == md5(stored), entry
        assert entry["etag"] == hashlib.md5(stored).hexdigest(), entry
        records = [json.loads(record) for record in gzip.decompress(stored).decode().splitlines()]
        assert len(records) == entry["itemCount"], entry
        count += len(records)
        for record in records:
            item = record["Item"] if "Item" in record else record["Keys"]
            total += int(item["pk"]["N"])
            if "Item" not in record:
                assert int(record["Metadata"]["WriteTimestampMicros"]["N"]) > 0
    assert count == summary["itemCount"], summary
    print(count, total)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), sys.argv[2])
