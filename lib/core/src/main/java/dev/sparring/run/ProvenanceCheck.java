package dev.sparring.run;

import dev.sparring.setting.Shown;
import dev.sparring.train.Ending;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the numbers and words of {@code run.json} may be. */
final class ProvenanceCheck {
  /** What {@link Provenance} writes: of a training that goes on, and of one that has ended. */
  private static final Set<String> STATUSES =
      Stream.concat(
              Stream.of("running"),
              Arrays.stream(Ending.values()).map(e -> e.name().toLowerCase(Locale.ROOT)))
          .collect(Collectors.toUnmodifiableSet());

  private ProvenanceCheck() {}

  /** What is wrong with them, if anything; what is missing is not. */
  static Optional<String> wrong(Map<String, Object> facts) {
    if (facts.get("status") instanceof String status && !STATUSES.contains(status)) {
      return Optional.of("its status is " + Shown.quoted(status));
    }
    return step(facts, "lastStep", 0)
        .or(() -> step(facts, "steps", 1))
        .or(() -> seed(facts.get("seed")));
  }

  private static Optional<String> step(Map<String, Object> facts, String key, long least) {
    Object value = facts.get(key);
    if (value == null || whole(value, least).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        key + " is " + Shown.quoted(value.toString()) + ", expected a whole number from " + least);
  }

  private static Optional<String> seed(@Nullable Object seed) {
    return seed == null || isWhole(seed)
        ? Optional.empty()
        : Optional.of("seed is " + Shown.quoted(seed.toString()) + ", expected a whole number");
  }

  /** A number of steps; empty if it cannot be one. */
  static OptionalLong whole(@Nullable Object value, long least) {
    if (value == null || !isWhole(value)) {
      return OptionalLong.empty();
    }
    long number = ((Number) value).longValue();
    return number >= least && number <= MetricsHeader.LARGEST_STEP
        ? OptionalLong.of(number)
        : OptionalLong.empty();
  }

  private static boolean isWhole(Object value) {
    return value instanceof Long
        || value instanceof Integer
        || (value instanceof BigInteger big && big.bitLength() < Long.SIZE);
  }
}
