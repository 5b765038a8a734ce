package io.gramme.tables.fault;

import io.gramme.tables.access.Access;

/** The access to items on a server that was started for tests: rules make requests wait or fail where it is decided. */
public final class FaultAccess implements Access {
    private final Access access;
    private final FaultRules rules;

    public FaultAccess(Access access, FaultRules rules) {
        this.access = access;
        this.rules = rules;
    }

    @Override
    public boolean decides() {
        return rules.areThere() || access.decides();
    }

    @Override
    public void require(Touch touch) {
        if (access.decides()) {
            access.require(touch);
        }
        FaultRequest.current().ifPresent(request -> request.touched(touch));
    }
}
