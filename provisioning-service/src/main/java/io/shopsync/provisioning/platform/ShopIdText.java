package io.shopsync.provisioning.platform;

import io.shopsync.contracts.ShopId;
import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Text of a request that must be a shop id: a bad one is answered 400, with what a shop id looks like. */
@NotNull
@Pattern(regexp = ShopId.PATTERN)
@ReportAsSingleViolation
@Constraint(validatedBy = {})
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.RECORD_COMPONENT, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface ShopIdText {

    /** What a caller is told. */
    String message() default "must be 2 to 40 letters a-z and digits, with single hyphens between them";

    /** Unused, required of every constraint. */
    Class<?>[] groups() default {};

    /** Unused, required of every constraint. */
    Class<? extends Payload>[] payload() default {};
}
