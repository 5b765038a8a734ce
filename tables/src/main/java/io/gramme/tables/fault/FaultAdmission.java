package io.gramme.tables.fault;

import io.gramme.storage.Consistency;
import io.gramme.storage.RowKey;
import io.gramme.tables.item.Admission;
import io.gramme.tables.item.Change;
import io.gramme.tables.item.Charge;
import io.gramme.tables.item.KeyUse;
import io.gramme.tables.item.ReadTarget;
import io.gramme.tables.table.Partition;
import io.gramme.tables.table.Table;
import java.util.Optional;

/** The admission of a server that was started for tests: rules refuse items as if there were no units left for them. */
public final class FaultAdmission implements Admission {
    private final Admission admission;
    private final FaultRules rules;

    public FaultAdmission(Admission admission, FaultRules rules) {
        this.admission = admission;
        this.rules = rules;
    }

    @Override
    public Charge charge() {
        return current().charge();
    }

    @Override
    public KeyUse keys() {
        return admission.keys();
    }

    @Override
    public Admission current() {
        Optional<FaultRequest> request = rules.areThere() ? FaultRequest.current() : Optional.empty();
        return request.<Admission>map(one -> () -> new FaultyCharge(admission.charge(), one))
                .orElse(admission);
    }

    private record FaultyCharge(Charge charge, FaultRequest request) implements Charge {
        @Override
        public void begin() {
            charge.begin();
        }

        @Override
        public void end() {
            charge.end();
        }

        @Override
        public void admitRead(ReadTarget target, long hash) {
            request.admitRead(target, hash);
            charge.admitRead(target, hash);
        }

        @Override
        public void payRead(ReadTarget target, long hash, long bytes, Consistency consistency, Factor factor) {
            charge.payRead(target, hash, bytes, consistency, factor);
        }

        @Override
        public void payScan(ReadTarget target, Partition partition, long bytes, Consistency consistency) {
            charge.payScan(target, partition, bytes, consistency);
        }

        @Override
        public void admitWrite(Change change, Factor factor) {
            request.admitWrite(change);
            charge.admitWrite(change, factor);
        }

        @Override
        public void payWrites() {
            charge.payWrites();
        }

        @Override
        public void payFailed(Table table, RowKey row, long bytes) {
            charge.payFailed(table, row, bytes);
        }
    }
}
