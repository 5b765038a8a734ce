package io.gramme.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.api.service.ServiceException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServiceAdmissionTest {
    @Test
    void aRequestThatGetsNoPlaceInTimeIsRefused() {
        var admission = new ServiceAdmission(1, Duration.ofMillis(1), 10);
        try (var _ = admission.take()) {
            assertThatThrownBy(admission::take)
                    .isInstanceOf(ServiceException.class)
                    .hasMessage("Rate exceeded");
        }
        admission.take().close();
    }

    @Test
    void oneThatWouldWaitBehindTooManyIsRefusedAtOnce() {
        var admission = new ServiceAdmission(1, Duration.ofHours(1), 0);
        assertThatThrownBy(admission::take).isInstanceOf(ServiceException.class);
    }
}
