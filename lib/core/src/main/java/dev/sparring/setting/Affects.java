package dev.sparring.setting;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a setting affects, if that is not what all settings around it affect. Comparisons of recipes
 * sort differences by it.
 *
 * <p>It stands at a record's component, or at the method of an interface that components implement.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.METHOD})
public @interface Affects {
  /** What it affects. */
  Aspect value();

  /** A side of a training. */
  enum Aspect {
    /** How often each network moves in a step, in which order, and from which noise. */
    UPDATES,
    /** What keeps weights or gradients small. */
    REGULARIZATION,
    /** How long, by which batches, from which seed and in which precision a run goes. */
    RUN
  }
}
