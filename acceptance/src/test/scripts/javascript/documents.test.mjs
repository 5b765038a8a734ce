// Documents as the document client translates them, there and back.

import assert from "node:assert/strict";
import test from "node:test";
import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  NumberValue,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { client, documents, refused, table } from "./gramme.mjs";

test("every type comes back as it was put", async (t) => {
  const TableName = await table(t, "id:S");
  const dynamodb = documents();
  const Item = {
    id: "all",
    text: "grüß dich 🎵",
    empty: "",
    zero: 0,
    negative: -0.5,
    tiny: 1e-130,
    yes: true,
    no: false,
    nothing: null,
    bytes: new Uint8Array([0, 255, 128]),
    noBytes: new Uint8Array(0),
    words: new Set(["x", "y", ""]),
    numbers: new Set([1, 2.5, -3]),
    blobs: new Set([new Uint8Array([1]), new Uint8Array([2, 3])]),
    list: [1, "two", [], [[null]], {}],
    map: { a: { b: { c: ["deep", new Set(["set"])] } } },
    "attribute name with spaces, ünicode and 🎵": 1,
  };
  await dynamodb.send(new PutCommand({ TableName, Item }));
  const found = await dynamodb.send(new GetCommand({ TableName, Key: { id: "all" }, ConsistentRead: true }));
  assert.deepEqual(found.Item, Item);
  const missing = await dynamodb.send(new GetCommand({ TableName, Key: { id: "none" } }));
  assert.ok(!("Item" in missing));
});

test("numbers keep the digits that JavaScript has not", async (t) => {
  const TableName = await table(t, "id:S at:N");
  const exact = documents({}, { unmarshallOptions: { wrapNumbers: true } });
  const at = NumberValue.from("-1234567890.1234567890123456789012345678");
  const Item = {
    id: "n",
    at,
    big: 2n ** 64n,
    many: NumberValue.from("9".repeat(38) + "0".repeat(88)),
    set: new Set([NumberValue.from("0.1"), NumberValue.from("1e100")]),
  };
  await exact.send(new PutCommand({ TableName, Item }));
  const found = (await exact.send(new GetCommand({ TableName, Key: { id: "n", at } }))).Item;
  assert.equal(found.at.value, at.value);
  assert.equal(found.big.value, "18446744073709551616");
  assert.equal(found.many.value, "9".repeat(38) + "0".repeat(88));
  assert.deepEqual([...found.set].map((n) => n.value).sort(), ["0.1", "1" + "0".repeat(100)]);

  const count = (value) =>
    exact.send(
      new UpdateCommand({
        TableName,
        Key: { id: "n", at },
        UpdateExpression: "ADD big :value",
        ExpressionAttributeValues: { ":value": value },
        ReturnValues: "UPDATED_NEW",
      }),
    );
  assert.equal((await count(1n)).Attributes.big.value, "18446744073709551617");
  await refused("ValidationException", count(NumberValue.from("1e-30")));
  // Without that option an integer that is not safe comes as a bigint.
  const careless = await documents().send(new GetCommand({ TableName, Key: { id: "n", at } }));
  assert.equal(careless.Item.big, 2n ** 64n + 1n);
});

test("what is undefined is removed and what is a class is translated", async (t) => {
  const TableName = await table(t, "id:S");
  const dynamodb = documents(
    {},
    { marshallOptions: { removeUndefinedValues: true, convertClassInstanceToMap: true, convertEmptyValues: true } },
  );
  class Point {
    x = 1;
    y = undefined;
    name = "";
  }
  await dynamodb.send(
    new PutCommand({ TableName, Item: { id: "p", gone: undefined, at: new Point(), none: new Set(), text: "" } }),
  );
  const found = await dynamodb.send(new GetCommand({ TableName, Key: { id: "p" } }));
  assert.deepEqual(found.Item, { id: "p", at: { x: 1, name: null }, none: null, text: null });
});

test("values that the client lets through are refused by the server", async (t) => {
  const TableName = await table(t, "id:S");
  const put = (value) =>
    client().send(new PutItemCommand({ TableName, Item: { id: { S: "x" }, value } }));
  await refused("ValidationException", put({ SS: [] }));
  await refused("ValidationException", put({ SS: ["a", "a"] }));
  await refused("ValidationException", put({ NS: ["1", "1.0"] }));
  await refused("ValidationException", put({ N: "one" }));
  await refused("ValidationException", put({ N: "" }));
  await refused("ValidationException", put({ NULL: false }));
  await refused("SerializationException", put({ N: 1 }));
  await refused("SerializationException", put({ BOOL: "yes" }));
  await refused("SerializationException", put({ L: { S: "x" } }));
  await refused("ValidationException", put({}));
  const none = await client().send(new GetItemCommand({ TableName, Key: { id: { S: "x" } } }));
  assert.equal(none.Item, undefined);
});

test("a failed condition carries the item", async (t) => {
  const TableName = await table(t, "id:S");
  const dynamodb = documents();
  await dynamodb.send(new PutCommand({ TableName, Item: { id: "a", state: "open" } }));
  const write = {
    TableName,
    ConditionExpression: "#s = :s",
    ExpressionAttributeNames: { "#s": "state" },
    ExpressionAttributeValues: { ":s": "closed" },
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  };
  for (const command of [
    new PutCommand({ ...write, Item: { id: "a" } }),
    new DeleteCommand({ ...write, Key: { id: "a" } }),
    new UpdateCommand({ ...write, Key: { id: "a" }, UpdateExpression: "REMOVE #s" }),
  ]) {
    const error = await refused("ConditionalCheckFailedException", dynamodb.send(command));
    assert.equal(error.message, "The conditional request failed");
    assert.deepEqual(error.Item, { id: { S: "a" }, state: { S: "open" } });
  }
  const bare = await refused(
    "ConditionalCheckFailedException",
    dynamodb.send(new DeleteCommand({ ...write, Key: { id: "a" }, ReturnValuesOnConditionCheckFailure: "NONE" })),
  );
  assert.equal(bare.Item, undefined);
});

test("an ARN stands for the name of its table", async (t) => {
  const name = await table(t, "id:S");
  const TableName = `arn:aws:dynamodb:eu-west-1:111111111111:table/${name}`;
  const dynamodb = documents();
  await dynamodb.send(new PutCommand({ TableName, Item: { id: "a", n: 1 } }));
  assert.equal((await dynamodb.send(new GetCommand({ TableName, Key: { id: "a" } }))).Item.n, 1);
  assert.equal((await dynamodb.send(new ScanCommand({ TableName }))).Count, 1);
  const query = await dynamodb.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: "id = :id",
      ExpressionAttributeValues: { ":id": "a" },
      ReturnConsumedCapacity: "TOTAL",
    }),
  );
  assert.deepEqual(query.Items, [{ id: "a", n: 1 }]);
  await dynamodb.send(
    new BatchWriteCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item: { id: "b" } } }] } }),
  );
  const batch = await dynamodb.send(
    new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [{ id: "a" }, { id: "b" }] } } }),
  );
  assert.deepEqual(Object.keys(batch.Responses), [TableName]);
  assert.equal(batch.Responses[TableName].length, 2);
  assert.deepEqual(batch.UnprocessedKeys, {});
  const elsewhere = TableName.replace("eu-west-1", "us-east-1");
  const error = await dynamodb.send(new GetCommand({ TableName: elsewhere, Key: { id: "a" } })).catch((e) => e);
  assert.equal(error.$metadata.httpStatusCode, 400);
});
