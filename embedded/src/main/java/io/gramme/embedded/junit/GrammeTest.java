package io.gramme.embedded.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** On a class of tests that want a Gramme: its clients come as parameters, see {@link GrammeExtension}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(GrammeExtension.class)
public @interface GrammeTest {
    Fresh fresh() default Fresh.PER_CLASS;
}
