package io.gramme.delivery.trigger;

import io.gramme.core.bytes.Bytes;
import io.gramme.delivery.follow.Batch;
import io.gramme.storage.LogPosition;
import io.gramme.tables.log.LogEntry;
import io.gramme.tables.stream.SequenceNumber;
import io.gramme.tables.stream.StreamRecordView;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a batch that is sent in one call: the matching records, up to a number and to a size.
 *
 * @param sent in the order of the batch
 * @param looked how many entries of the batch were examined; the following ones are left for a later call
 * @param isFull whether no more could have been added
 */
record Events(List<Event> sent, int looked, boolean isFull) {
    /** Lambda's limit for the payload of a call. */
    static final int MOST_BYTES = 6 << 20;

    /** @param place the index in the batch */
    record Event(int place, LogEntry entry, Bytes json) {
        LogPosition position() {
            return entry.position();
        }
    }

    Events {
        sent = List.copyOf(sent);
    }

    /** @param most at least 1; a record that is too large for any event is still included, alone */
    static Events of(Batch batch, Trigger trigger, List<Pattern> filters, int most) {
        var sent = new ArrayList<Event>();
        String region = trigger.table().accountRegion().region();
        long bytes = EventWriter.FRAME;
        int looked = 0;
        for (LogEntry entry : batch.entries()) {
            var record = new StreamRecordView(trigger.streamArn(), trigger.view(), entry);
            if (matches(record, region, filters)) {
                Bytes json = Bytes.wrap(EventWriter.record(record, region));
                bytes += json.length() + EventWriter.COMMA;
                if (bytes > MOST_BYTES && !sent.isEmpty()) {
                    return new Events(sent, looked, true);
                }
                sent.add(new Event(looked, entry, json));
            }
            looked++;
            if (sent.size() == most) {
                return new Events(sent, looked, true);
            }
        }
        return new Events(sent, looked, !batch.last());
    }

    private static boolean matches(StreamRecordView record, String region, List<Pattern> filters) {
        if (filters.isEmpty()) {
            return true;
        }
        EventNode event = EventNode.of(record, region);
        return filters.stream().anyMatch(filter -> Pattern.matches(filter, event));
    }

    boolean isTooLarge() {
        return EventWriter.FRAME + sent.getFirst().json().length() > MOST_BYTES;
    }

    List<String> sequenceNumbers() {
        return sent.stream().map(event -> SequenceNumber.of(event.position())).toList();
    }

    byte[] json() {
        return EventWriter.event(
                sent.stream().map(event -> event.json().shared()).toList());
    }

    /** How many entries of the batch are done once the first {@code events} are. */
    int takenWith(int events) {
        return events < sent.size() ? sent.get(events).place() : looked;
    }
}
