// Clients of the DynamoDB at AWS_ENDPOINT_URL that look closely at each answer, and tables to use them on.

import assert from "node:assert/strict";
import { Agent } from "node:http";
import { Readable } from "node:stream";
import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { NodeHttpHandler } from "@smithy/node-http-handler";

const endpoint = process.env.AWS_ENDPOINT_URL;
assert.ok(endpoint, "AWS_ENDPOINT_URL says where the DynamoDB is");

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) {
    crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return crc;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc = (crc >>> 8) ^ CRC_TABLE[(crc ^ byte) & 0xff];
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** Checks what every answer must have before the SDK gets to see it. This SDK itself ignores checksums. */
class CheckingHandler {
  constructor(options) {
    this.inner = new NodeHttpHandler(options);
    this.metadata = this.inner.metadata;
  }

  async handle(request, options) {
    const { response } = await this.inner.handle(request, options);
    const chunks = [];
    for await (const chunk of response.body) {
      chunks.push(chunk);
    }
    const body = Buffer.concat(chunks);
    const { headers } = response;
    assert.equal(Number(headers["x-amz-crc32"]), crc32(body), "the checksum is that of the body");
    assert.match(headers["x-amzn-requestid"], /^[0-9A-Z]{52}$/);
    assert.equal(headers["content-type"], "application/x-amz-json-1.0");
    assert.equal(Number(headers["content-length"]), body.length);
    assert.equal(headers.server, "Server");
    response.body = Readable.from(body.length ? [body] : []);
    return { response };
  }

  updateHttpClientConfig(key, value) {
    this.inner.updateHttpClientConfig(key, value);
  }

  httpHandlerConfigs() {
    return this.inner.httpHandlerConfigs();
  }

  destroy() {
    this.inner.destroy();
  }
}

export const agent = new Agent({ keepAlive: true, maxSockets: 50 });

export function client(options = {}) {
  return new DynamoDBClient({
    endpoint,
    region: "eu-west-1",
    credentials: { accessKeyId: "111111111111", secretAccessKey: "secret" },
    requestHandler: new CheckingHandler({ httpAgent: agent }),
    ...options,
  });
}

export function documents(options = {}, translation = {}) {
  return DynamoDBDocumentClient.from(client(options), translation);
}

/**
 * An on-demand table, once it can be used; gone after the test.
 *
 * @param keys `id:S` or `id:S at:N`
 * @param more of the request; a name other than the test's, for one
 */
export async function table(test, keys, more = {}) {
  const dynamodb = client();
  const { TableName = test.name.replace(/[^a-zA-Z0-9]+/g, "-") } = more;
  const attributes = keys.split(" ").map((key) => key.split(":"));
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: attributes.map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType })),
      KeySchema: attributes.map(([AttributeName], i) => ({ AttributeName, KeyType: i ? "RANGE" : "HASH" })),
      ...more,
    }),
  );
  await waitUntilTableExists({ client: dynamodb, maxWaitTime: 30, minDelay: 1 }, { TableName });
  test.after(() => dynamodb.send(new DeleteTableCommand({ TableName })));
  return TableName;
}

/** The error of a call that must be refused, and refused at once. */
export async function refused(name, call) {
  const error = await call.then(
    (answer) => assert.fail(`not refused: ${JSON.stringify(answer)}`),
    (e) => e,
  );
  assert.equal(error.name, name, `${error}`);
  assert.equal(error.$fault, "client");
  assert.equal(error.$metadata.httpStatusCode, 400);
  assert.equal(error.$metadata.attempts, 1);
  assert.match(error.$metadata.requestId, /^[0-9A-Z]{52}$/);
  return error;
}
