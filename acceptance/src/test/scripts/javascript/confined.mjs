// A server that verifies signatures: run with the key of its root.
import assert from "node:assert/strict";
import { DynamoDB } from "@aws-sdk/client-dynamodb";

const root = { accessKeyId: process.env.AWS_ACCESS_KEY_ID, secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY };
const client = (credentials, more) => new DynamoDB({ credentials, region: "eu-west-1", ...more });
const refused = (name, action) => assert.rejects(action, (error) => error.name === name);

const db = client(root);
await db.createTable({
  TableName: "Signed",
  AttributeDefinitions: [{ AttributeName: "k", AttributeType: "S" }],
  KeySchema: [{ AttributeName: "k", KeyType: "HASH" }],
  BillingMode: "PAY_PER_REQUEST",
});
await db.putItem({ TableName: "Signed", Item: { k: { S: "Größe ✓" } } });
const { Item } = await db.getItem({ TableName: "Signed", Key: { k: { S: "Größe ✓" } } });
assert.equal(Item.k.S, "Größe ✓");

await refused("InvalidSignatureException", client({ ...root, secretAccessKey: "another" }).listTables());
await refused("UnrecognizedClientException", client({ ...root, accessKeyId: "AKIAUNKNOWNUNKNOWN" }).listTables());
await refused("UnrecognizedClientException", client({ ...root, sessionToken: "no token" }).listTables());

// A clock that is wrong: the client corrects it by the Date of the refusal, and asks again.
assert.deepEqual((await client(root, { systemClockOffset: -3_600_000 }).listTables()).TableNames, ["Signed"]);
console.log("done");
