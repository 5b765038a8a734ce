package io.gramme.transfer.format;

import com.amazon.ion.IonException;
import com.amazon.ion.IonReader;
import com.amazon.ion.IonType;
import com.amazon.ion.system.IonReaderBuilder;
import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.RequestErrors;
import io.gramme.transfer.bucket.BucketException;
import java.io.IOException;
import java.io.InputStream;
import tools.jackson.core.JacksonException;

/** The values of an Ion stream as documents. A list at the top is a run of values. */
final class IonSource implements RecordSource {
    private static final IonReaderBuilder READERS =
            IonReaderBuilder.standard().withGzipDecompressionEnabled(false).immutable();

    /** Symbols are kept for the whole of a stream. */
    private static final int MAX_SYMBOLS = 1 << 20;

    private final RecordBudget content;
    private final IonReader reader;
    private final IonDocument document;

    /** @param document what is made of each value */
    IonSource(InputStream content, IonDocument document) {
        this.content = new RecordBudget(content);
        this.reader = READERS.build(this.content);
        this.document = document;
    }

    @Override
    public Frame next() throws IOException {
        try {
            return value(true);
        } catch (IonException e) {
            return broken(e);
        } catch (IonDocument.TooDeepException _) {
            return new Broken("A record has too many nested values");
        }
    }

    private Frame value(boolean wanted) {
        content.renew();
        IonType type = reader.next();
        while (type == null || (type == IonType.LIST && reader.getDepth() == 0)) {
            if (type == IonType.LIST) {
                reader.stepIn();
            } else if (reader.getDepth() > 0) {
                reader.stepOut();
            } else {
                return new End();
            }
            content.renew();
            type = reader.next();
        }
        if (reader.getSymbolTable() != null && reader.getSymbolTable().getMaxId() > MAX_SYMBOLS) {
            return new Broken("The object has more than " + MAX_SYMBOLS + " symbols");
        }
        return wanted ? read(type) : new Document(Bytes.EMPTY);
    }

    private Frame read(IonType type) {
        int depth = reader.getDepth();
        try {
            if (type != IonType.STRUCT || reader.isNullValue()) {
                throw RequestErrors.scalarNotExpected();
            }
            return new Document(Bytes.wrap(document.read(reader)));
        } catch (ApiException refusal) {
            while (reader.getDepth() > depth) {
                reader.stepOut();
            }
            return new Bad(refusal.text());
        } catch (JacksonException e) {
            while (reader.getDepth() > depth) {
                reader.stepOut();
            }
            return new Bad("A string is not valid text: " + e.getOriginalMessage());
        }
    }

    private static Frame broken(IonException e) throws IOException {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof BucketException failure) {
                throw failure;
            }
            if (cause instanceof IOException damage) {
                throw damage;
            }
        }
        return new Broken("The record is not valid Ion: " + e.getMessage());
    }

    @Override
    public void skip(long count) throws IOException {
        try {
            for (long i = 0; i < count; i++) {
                if (!(value(false) instanceof Document)) {
                    return;
                }
            }
        } catch (IonException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public long lineNumber() {
        return 0;
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException _) {
            // Its stream is closed by its owner, who reports that.
        }
    }
}
