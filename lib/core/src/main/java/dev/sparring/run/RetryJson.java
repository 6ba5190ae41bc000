package dev.sparring.run;

import dev.sparring.recipe.RetryChange;
import dev.sparring.train.Retry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Retries as they stand in {@code state.json} and {@code run.json}. */
final class RetryJson {
  static final String KEY = "retries";

  private RetryJson() {}

  static List<Map<String, Object>> write(List<Retry> retries) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Retry retry : retries) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("diverged", retry.diverged());
      json.put("from", retry.from());
      json.put("change", retry.change().name().toLowerCase(Locale.ROOT));
      json.put("reason", retry.reason());
      all.add(json);
    }
    return all;
  }

  /**
   * Reads them.
   *
   * @param json null for none
   * @throws DamageException if they are something else
   */
  static List<Retry> read(@Nullable Object json) throws DamageException {
    if (json == null) {
      return List.of();
    }
    if (!(json instanceof List<?> list)) {
      throw new DamageException(KEY + " is " + json + ", expected a list");
    }
    List<Retry> all = new ArrayList<>();
    for (Object one : list) {
      if (one instanceof Map<?, ?> map
          && isWhole(map.get("diverged"))
          && isWhole(map.get("from"))
          && map.get("diverged") instanceof Number diverged
          && map.get("from") instanceof Number from
          && map.get("change") instanceof String change
          && map.get("reason") instanceof String reason) {
        Retry retry = new Retry(diverged.longValue(), from.longValue(), change(change), reason);
        if (retry.from() < 0 || retry.from() >= retry.diverged()) {
          throw new DamageException(
              KEY
                  + " go back from step "
                  + retry.diverged()
                  + " to "
                  + retry.from()
                  + ", expected an earlier one from 0");
        }
        all.add(retry);
      } else {
        throw new DamageException(
            KEY + " has " + one + ", expected diverged, from, change, reason");
      }
    }
    return all;
  }

  private static boolean isWhole(@Nullable Object json) {
    return json instanceof Integer || json instanceof Long;
  }

  private static RetryChange change(String word) throws DamageException {
    for (RetryChange change : RetryChange.values()) {
      if (change.name().toLowerCase(Locale.ROOT).equals(word)) {
        return change;
      }
    }
    throw new DamageException(KEY + " has the change " + word + ", expected seed or rates");
  }
}
