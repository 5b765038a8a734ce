package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import io.gramme.server.Client;
import io.gramme.storage.ContentionException;
import io.gramme.storage.RowStore;
import io.gramme.storage.memory.MemoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients are told when others keep rows busy for as long as a store is willing to wait. */
class ContendedStoreTest {
    private volatile boolean busy;
    private final Client client = Client.over(busy(new MemoryStore(Clock.systemUTC())), Clock.systemUTC());

    private RowStore busy(RowStore store) {
        return (RowStore) Proxy.newProxyInstance(
                RowStore.class.getClassLoader(), new Class<?>[] {RowStore.class}, (_, method, arguments) -> {
                    if (busy && method.getName().equals("transact")) {
                        throw new ContentionException("others keep rows busy");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @BeforeEach
    void create() {
        client.call(
                "CreateTable",
                "{TableName: 'things', BillingMode: 'PAY_PER_REQUEST',"
                        + "AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}],"
                        + "KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}]}");
        busy = true;
    }

    @AfterEach
    void close() {
        busy = false;
        client.close();
    }

    @Test
    void aSingleWriteIsThrottled() {
        ApiException refusal = client.refuses(
                "PutItem",
                "{TableName: 'things', Item: {id: {S: 'a'}}}",
                "The level of configured provisioned throughput for the table was exceeded."
                        + " Consider increasing your provisioning level with the UpdateTable API.");
        assertThat(refusal.code()).isEqualTo(ErrorCode.PROVISIONED_THROUGHPUT_EXCEEDED);
    }

    @Test
    void aTransactionIsCancelledForAConflict() {
        client.refuses(
                "TransactWriteItems",
                "{TransactItems: [{Put: {TableName: 'things', Item: {id: {S: 'a'}}}},"
                        + "{Put: {TableName: 'things', Item: {id: {S: 'b'}}}}]}",
                "Transaction cancelled, please refer cancellation reasons for specific reasons"
                        + " [TransactionConflict, TransactionConflict]");
        client.refuses(
                "TransactGetItems",
                "{TransactItems: [{Get: {TableName: 'things', Key: {id: {S: 'a'}}}}]}",
                "Transaction cancelled, please refer cancellation reasons for specific reasons [TransactionConflict]");
    }
}
