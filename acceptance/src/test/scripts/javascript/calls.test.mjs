// Calls as such: errors, retries, aborted calls, many at once; and tables.

import assert from "node:assert/strict";
import test from "node:test";
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeEndpointsCommand,
  DescribeLimitsCommand,
  DescribeTableCommand,
  GetItemCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateTableCommand,
  paginateListTables,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from "@aws-sdk/client-dynamodb";
import { PutCommand, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { agent, client, documents, refused, table } from "./gramme.mjs";

const dynamodb = client();

test("errors are of their classes", async (t) => {
  const TableName = await table(t, "id:S");
  const missing = await refused(
    "ResourceNotFoundException",
    dynamodb.send(new GetItemCommand({ TableName: "no-such-table", Key: { id: { S: "x" } } })),
  );
  assert.ok(missing instanceof ResourceNotFoundException);
  assert.equal(missing.message, "Requested resource not found");
  const again = new CreateTableCommand({
    TableName,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
  });
  assert.ok((await refused("ResourceInUseException", dynamodb.send(again))) instanceof ResourceInUseException);
  const short = await refused("ValidationException", dynamodb.send(new DescribeTableCommand({ TableName: "ab" })));
  assert.match(short.message, /failed to satisfy constraint|at least 3 characters/);
});

test("a good answer takes one attempt and has its metadata", async (t) => {
  const TableName = await table(t, "id:S");
  const answer = await dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: "x" } } }));
  const { $metadata, ...rest } = answer;
  assert.deepEqual(rest, {}, "without returns there is nothing in the answer");
  assert.equal($metadata.httpStatusCode, 200);
  assert.equal($metadata.attempts, 1);
  assert.equal($metadata.totalRetryDelay, 0);
  assert.match($metadata.requestId, /^[0-9A-Z]{52}$/);
});

test("an aborted call harms nobody", async (t) => {
  const TableName = await table(t, "id:S");
  const text = "x".repeat(300_000);
  for (let i = 0; i < 20; i++) {
    const abort = new AbortController();
    const call = dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: `${i}` }, text: { S: text } } }), {
      abortSignal: abort.signal,
    });
    setTimeout(() => abort.abort(), i);
    const outcome = await call.then(
      () => "answered",
      (e) => e.name,
    );
    assert.ok(["answered", "AbortError"].includes(outcome), outcome);
  }
  const tooLate = AbortSignal.abort();
  const late = await dynamodb
    .send(new PutItemCommand({ TableName, Item: { id: { S: "late" } } }), { abortSignal: tooLate })
    .catch((e) => e);
  assert.equal(late.name, "AbortError");
  // Each item is there whole, or not at all.
  let page;
  do {
    page = await documents().send(new ScanCommand({ TableName, ExclusiveStartKey: page?.LastEvaluatedKey }));
    page.Items.forEach((item) => assert.equal(item.text.length, text.length));
  } while (page.LastEvaluatedKey);
});

test("fifty calls at once are counted once each and share connections", async (t) => {
  const TableName = await table(t, "id:S");
  const calls = documents();
  const increment = () =>
    calls.send(
      new UpdateCommand({
        TableName,
        Key: { id: "counter" },
        UpdateExpression: "ADD n :one",
        ExpressionAttributeValues: { ":one": 1 },
        ReturnValues: "UPDATED_NEW",
      }),
    );
  const seen = new Set();
  for (let round = 0; round < 10; round++) {
    const answers = await Promise.all(Array.from({ length: 50 }, increment));
    answers.forEach((answer) => {
      assert.equal(answer.$metadata.attempts, 1);
      seen.add(answer.Attributes.n);
    });
  }
  assert.equal(seen.size, 500);
  assert.equal(Math.max(...seen), 500);
  const open = Object.values({ ...agent.sockets, ...agent.freeSockets }).flat();
  assert.ok(open.length > 0 && open.length <= 50, `${open.length} connections`);
});

test("two writers of one item lose nothing to each other's conditions", async (t) => {
  const TableName = await table(t, "id:S");
  const calls = documents();
  await calls.send(new PutCommand({ TableName, Item: { id: "v", version: 0 } }));
  let lost = 0;
  const writer = async () => {
    for (let done = 0, version = 0; done < 20; ) {
      try {
        const answer = await calls.send(
          new UpdateCommand({
            TableName,
            Key: { id: "v" },
            UpdateExpression: "SET version = version + :one",
            ConditionExpression: "version = :seen",
            ExpressionAttributeValues: { ":one": 1, ":seen": version },
            ReturnValues: "ALL_NEW",
            ReturnValuesOnConditionCheckFailure: "ALL_OLD",
          }),
        );
        version = answer.Attributes.version;
        done++;
      } catch (e) {
        assert.equal(e.name, "ConditionalCheckFailedException");
        version = Number(e.Item.version.N);
        lost++;
      }
    }
  };
  await Promise.all([writer(), writer(), writer()]);
  const [end] = (await calls.send(new ScanCommand({ TableName }))).Items;
  assert.equal(end.version, 60);
  assert.ok(lost > 0, "they met");
});

test("tables are made, waited for, changed, tagged, listed and gone", async () => {
  // A world of its own: nobody else's tables are listed.
  const alone = client({ credentials: { accessKeyId: "333333333333", secretAccessKey: "secret" } });
  const names = ["a.table", "b-table", "c_table"];
  for (const TableName of names) {
    const { TableDescription } = await alone.send(
      new CreateTableCommand({
        TableName,
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 2 },
      }),
    );
    assert.equal(TableDescription.TableStatus, "CREATING");
    assert.ok(TableDescription.CreationDateTime instanceof Date);
    assert.ok(Math.abs(TableDescription.CreationDateTime - Date.now()) < 60_000);
  }
  for (const TableName of names) {
    const waited = await waitUntilTableExists({ client: alone, maxWaitTime: 30, minDelay: 1 }, { TableName });
    assert.equal(waited.state, "SUCCESS");
    assert.equal(waited.reason.Table.TableStatus, "ACTIVE");
  }
  const listed = [];
  for await (const page of paginateListTables({ client: alone, pageSize: 2 }, {})) {
    listed.push(page.TableNames);
  }
  assert.deepEqual(listed.flat(), names);
  assert.equal(listed[0].length, 2);

  const TableName = names[0];
  const { TableDescription } = await alone.send(
    new UpdateTableCommand({ TableName, BillingMode: "PAY_PER_REQUEST" }),
  );
  const ResourceArn = TableDescription.TableArn;
  assert.equal(ResourceArn, "arn:aws:dynamodb:eu-west-1:333333333333:table/a.table");
  await waitUntilTableExists({ client: alone, maxWaitTime: 30, minDelay: 1 }, { TableName });
  const { Table } = await alone.send(new DescribeTableCommand({ TableName: ResourceArn }));
  assert.equal(Table.BillingModeSummary.BillingMode, "PAY_PER_REQUEST");
  assert.ok(Table.BillingModeSummary.LastUpdateToPayPerRequestDateTime instanceof Date);

  const Tags = [
    { Key: "stage", Value: "test" },
    { Key: "team", Value: "" },
  ];
  const { $metadata: tagged, ...nothing } = await alone.send(new TagResourceCommand({ ResourceArn, Tags }));
  assert.equal(tagged.httpStatusCode, 200);
  assert.deepEqual(nothing, {});
  await alone.send(new UntagResourceCommand({ ResourceArn, TagKeys: ["team", "none"] }));
  assert.deepEqual((await alone.send(new ListTagsOfResourceCommand({ ResourceArn }))).Tags, [Tags[0]]);

  await alone.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: true }));
  const protectedError = await refused("ValidationException", alone.send(new DeleteTableCommand({ TableName })));
  assert.match(protectedError.message, /protected against deletion/);
  await alone.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
  for (const name of names) {
    const { TableDescription: last } = await alone.send(new DeleteTableCommand({ TableName: name }));
    assert.equal(last.TableStatus, "DELETING");
    await waitUntilTableNotExists({ client: alone, maxWaitTime: 30, minDelay: 1 }, { TableName: name });
  }
  assert.deepEqual((await alone.send(new ListTablesCommand({}))).TableNames, []);
});

test("the account has its limits and its endpoint", async () => {
  const limits = await dynamodb.send(new DescribeLimitsCommand({}));
  assert.ok(limits.TableMaxReadCapacityUnits >= 40_000);
  const { Endpoints } = await dynamodb.send(new DescribeEndpointsCommand({}));
  assert.equal(Endpoints.length, 1);
  assert.equal(Endpoints[0].CachePeriodInMinutes, 1440);
});
