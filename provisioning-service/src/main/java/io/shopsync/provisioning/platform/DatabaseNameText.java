package io.shopsync.provisioning.platform;

import io.shopsync.contracts.DatabaseName;
import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Text of a request that must be the name of a database: a bad one is answered 400, with what such a name looks like. */
@NotNull
@Pattern(regexp = DatabaseName.PATTERN)
@ReportAsSingleViolation
@Constraint(validatedBy = {})
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.RECORD_COMPONENT, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface DatabaseNameText {

    /** What a caller is told. */
    String message() default "must be a letter a-z, then up to 29 letters or digits with single hyphens between them";

    /** Unused, required of every constraint. */
    Class<?>[] groups() default {};

    /** Unused, required of every constraint. */
    Class<? extends Payload>[] payload() default {};
}
