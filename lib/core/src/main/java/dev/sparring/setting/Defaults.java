package dev.sparring.setting;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record's static factory that fills in every default.
 *
 * <p>Its parameters are the components that a recipe must give; every other component defaults to
 * its value in the record that the factory returns. Text formats and builders read the defaults
 * from here, so that there is one place for each. A record without such a factory has no defaults:
 * all its components are required.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Defaults {}
