package io.gramme.embedded.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a test class whose constructors and methods take an embedded Gramme or its clients: {@link GrammeExtension}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(GrammeExtension.class)
public @interface GrammeTest {
    Fresh fresh() default Fresh.PER_CLASS;
}
