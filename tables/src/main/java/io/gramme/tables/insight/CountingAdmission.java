package io.gramme.tables.insight;

import io.gramme.tables.item.Admission;
import io.gramme.tables.item.Charge;
import io.gramme.tables.item.KeyUse;

/**
 * The admission of a server that counts keys.
 *
 * @param admission decides on capacity units
 */
public record CountingAdmission(Admission admission, KeyUse keys) implements Admission {
    @Override
    public Charge charge() {
        return admission.charge();
    }

    @Override
    public Admission current() {
        return admission.current();
    }
}
