// Many items: pages, segments, batches, and the bounds of each.

import assert from "node:assert/strict";
import test from "node:test";
import {
  BatchGetCommand,
  BatchWriteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  paginateQuery,
  paginateScan,
} from "@aws-sdk/lib-dynamodb";
import { PutItemCommand, QueryCommand as PlainQuery } from "@aws-sdk/client-dynamodb";
import { client, documents, refused, table } from "./gramme.mjs";

const dynamodb = documents();

/** Sends again what was not processed, as a program must. */
async function writeAll(TableName, items) {
  for (let i = 0; i < items.length; i += 25) {
    let pending = { [TableName]: items.slice(i, i + 25).map((Item) => ({ PutRequest: { Item } })) };
    while (Object.keys(pending).length) {
      pending = (await dynamodb.send(new BatchWriteCommand({ RequestItems: pending }))).UnprocessedItems;
    }
  }
}

/** The items of all pages. The paginators write into their input, so each gets one of its own. */
async function collected(paginate, config, input) {
  const items = [];
  for await (const page of paginate({ client: dynamodb, ...config }, { ...input })) {
    items.push(...page.Items);
  }
  return items;
}

test("a paginated query sees each item once and in order", async (t) => {
  const TableName = await table(t, "id:S at:N");
  await writeAll(TableName, Array.from({ length: 60 }, (_, i) => ({ id: "q", at: i - 30 + (i % 2) / 2 })));
  const query = {
    TableName,
    KeyConditionExpression: "id = :id AND #at BETWEEN :from AND :to",
    ExpressionAttributeNames: { "#at": "at" },
    ExpressionAttributeValues: { ":id": "q", ":from": -10, ":to": 10 },
  };
  const up = await collected(paginateQuery, { pageSize: 7 }, query);
  assert.deepEqual(
    up.map((item) => item.at),
    Array.from({ length: 21 }, (_, i) => i - 10 + (i % 2) / 2).filter((at) => at <= 10),
  );
  const down = await collected(paginateQuery, { pageSize: 1 }, { ...query, ScanIndexForward: false });
  assert.deepEqual(down, [...up].reverse());

  // The paginator goes on from a key that was kept.
  const first = await dynamodb.send(new QueryCommand({ ...query, Limit: 5 }));
  assert.deepEqual(first.LastEvaluatedKey, { id: "q", at: first.Items[4].at });
  const goOn = { startingToken: first.LastEvaluatedKey, stopOnSameToken: true };
  const rest = await collected(paginateQuery, goOn, query);
  assert.deepEqual([...first.Items, ...rest], up);
});

test("a page ends at a megabyte", async (t) => {
  const TableName = await table(t, "id:S at:N");
  const text = "x".repeat(100_000);
  await writeAll(TableName, Array.from({ length: 25 }, (_, at) => ({ id: "m", at, text, last: at === 24 })));
  const query = {
    TableName,
    KeyConditionExpression: "id = :id",
    FilterExpression: "#last = :yes",
    ProjectionExpression: "#last",
    ExpressionAttributeNames: { "#last": "last" },
    ExpressionAttributeValues: { ":id": "m", ":yes": true },
  };
  const pages = [];
  for await (const page of paginateQuery({ client: dynamodb }, query)) {
    pages.push([page.Count, page.ScannedCount, page.LastEvaluatedKey?.at]);
  }
  assert.deepEqual(pages, [
    [0, 11, 10],
    [0, 11, 21],
    [1, 3, undefined],
  ]);
});

test("segments see everything once together", async (t) => {
  const TableName = await table(t, "id:S");
  const items = Array.from({ length: 200 }, (_, i) => ({ id: `item ${i}`, i }));
  await writeAll(TableName, items);
  const segments = await Promise.all(
    Array.from({ length: 8 }, (_, Segment) =>
      collected(paginateScan, { pageSize: 9 }, { TableName, Segment, TotalSegments: 8 }),
    ),
  );
  const seen = segments.flat().sort((one, other) => one.i - other.i);
  assert.deepEqual(seen, items);
  assert.ok(segments.filter((items) => items.length).length > 4, "the items are spread");
  const count = await dynamodb.send(new ScanCommand({ TableName, Select: "COUNT" }));
  assert.deepEqual([count.Count, count.ScannedCount, count.Items], [200, 200, undefined]);
});

test("keys that did not fit an answer are asked for again", async (t) => {
  const TableName = await table(t, "id:N");
  const text = "x".repeat(380_000);
  await writeAll(TableName, Array.from({ length: 50 }, (_, id) => ({ id, text })));
  let pending = { [TableName]: { Keys: Array.from({ length: 60 }, (_, id) => ({ id })), ConsistentRead: true } };
  const seen = [];
  let calls = 0;
  while (Object.keys(pending).length) {
    const answer = await dynamodb.send(new BatchGetCommand({ RequestItems: pending }));
    seen.push(...answer.Responses[TableName].map((item) => item.id));
    pending = answer.UnprocessedKeys;
    if (pending[TableName]) {
      assert.equal(pending[TableName].ConsistentRead, true, "what is left over can be sent as it is");
    }
    calls++;
  }
  assert.ok(calls > 1);
  assert.deepEqual(
    seen.sort((one, other) => one - other),
    Array.from({ length: 50 }, (_, id) => id),
  );
});

test("an item has 400 KB and no byte more", async (t) => {
  const TableName = await table(t, "id:S");
  const text = "é".repeat(204_000);
  const size = "id1text".length + Buffer.byteLength(text);
  const Item = { id: "1", text: text + "x".repeat(409_600 - size) };
  await dynamodb.send(new PutCommand({ TableName, Item }));
  const found = await dynamodb.send(
    new GetCommand({ TableName, Key: { id: "1" }, ConsistentRead: true, ReturnConsumedCapacity: "TOTAL" }),
  );
  assert.deepEqual(found.Item, Item);
  assert.equal(found.ConsumedCapacity.CapacityUnits, 100);
  Item.text += "x";
  const error = await refused("ValidationException", dynamodb.send(new PutCommand({ TableName, Item })));
  assert.equal(error.message, "Item size has exceeded the maximum allowed size");
});

test("strings are sorted by their UTF-8 bytes", async (t) => {
  const TableName = await table(t, "id:S at:S");
  // In UTF-16, which JavaScript compares, the surrogates of the last two come before the two in front of them.
  const sorted = ["A", "Z", "a", "z", "é", "ß".repeat(2), "ع", "日本", "\uffee", "\uffff", "😀", "\u{10ffff}"];
  const bytes = [...sorted].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  await writeAll(TableName, [...sorted].reverse().map((at) => ({ id: "🎵 \u0000 ключ", at })));
  const query = {
    TableName,
    KeyConditionExpression: "id = :id",
    ExpressionAttributeValues: { ":id": "🎵 \u0000 ключ" },
  };
  const items = await collected(paginateQuery, { pageSize: 2 }, query);
  assert.deepEqual(
    items.map((item) => item.at),
    bytes,
  );
  assert.notDeepEqual([...sorted].sort(), bytes);
  const prefix = await dynamodb.send(
    new QueryCommand({
      ...query,
      KeyConditionExpression: "id = :id AND begins_with(#at, :prefix)",
      ExpressionAttributeNames: { "#at": "at" },
      ExpressionAttributeValues: { ...query.ExpressionAttributeValues, ":prefix": "😀" },
    }),
  );
  assert.deepEqual(prefix.Items, [{ id: "🎵 \u0000 ключ", at: "😀" }]);
});

test("bytes are keys and are sorted unsigned", async (t) => {
  const TableName = await table(t, "id:B at:B");
  const id = new Uint8Array([0, 255]);
  const sorted = [[0], [0, 0], [1], [127, 255], [128], [128, 0], [255], [255, 255]].map((bytes) => new Uint8Array(bytes));
  await writeAll(TableName, [...sorted].reverse().map((at) => ({ id, at })));
  const query = {
    TableName,
    KeyConditionExpression: "id = :id AND #at > :from",
    ExpressionAttributeNames: { "#at": "at" },
    ExpressionAttributeValues: { ":id": id, ":from": sorted[0] },
  };
  const items = await collected(paginateQuery, { pageSize: 3 }, query);
  assert.deepEqual(
    items.map((item) => item.at),
    sorted.slice(1),
  );
  const empty = { id: { B: id }, at: { B: new Uint8Array(0) } };
  await refused("ValidationException", client().send(new PutItemCommand({ TableName, Item: empty })));
  const wrongType = { TableName, KeyConditionExpression: "id = :id", ExpressionAttributeValues: { ":id": { S: "x" } } };
  await refused("ValidationException", client().send(new PlainQuery(wrongType)));
});
