// How the SDK meets its first throttles. Tables choose their throttling by a tag.

import assert from "node:assert/strict";
import test from "node:test";
import {
  CreateTableCommand,
  DeleteTableCommand,
  ProvisionedThroughputExceededException,
  PutItemCommand,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { client } from "./gramme.mjs";

const once = client({ maxAttempts: 1 });
const patient = client({ maxAttempts: 12 });

test("a table beyond its throughput refuses with reasons, and serves a client that retries", async (t) => {
  const TableName = "throttled";
  const { TableDescription } = await once.send(
    new CreateTableCommand({
      TableName,
      ProvisionedThroughput: { ReadCapacityUnits: 2, WriteCapacityUnits: 2 },
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      Tags: [{ Key: "gramme:throughput", Value: "limits" }],
    }),
  );
  t.after(() => patient.send(new DeleteTableCommand({ TableName })));
  await waitUntilTableExists({ client: once, maxWaitTime: 30 }, { TableName });
  // Four units each: more than the table gains while one call takes its time.
  const put = (number) => new PutItemCommand({ TableName, Item: { id: { S: `i${number}` }, v: { S: "x".repeat(4000) } } });
  const refusal = await (async () => {
    for (let number = 0; number < 1000; number++) {
      try {
        await once.send(put(number));
      } catch (e) {
        return e;
      }
    }
    return undefined;
  })();
  assert.ok(refusal instanceof ProvisionedThroughputExceededException, String(refusal));
  assert.deepEqual(refusal.ThrottlingReasons, [
    { reason: "TableWriteProvisionedThroughputExceeded", resource: TableDescription.TableArn },
  ]);
  for (let number = 0; number < 2; number++) {
    await patient.send(put(number));
  }
});
