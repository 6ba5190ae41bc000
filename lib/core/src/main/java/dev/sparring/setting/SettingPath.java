package dev.sparring.setting;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The place of a setting in a record of settings, as {@code --set} writes it: names of components
 * and numbers of list items, e.g. {@code terms.0.gamma}.
 *
 * @param keys from the outermost to the setting's own, at least one
 */
public record SettingPath(List<String> keys) {
  /** Copies the keys. */
  public SettingPath {
    keys = List.copyOf(keys);
  }

  /** The path that a text says. */
  public static SettingPath of(String text) {
    return new SettingPath(List.of(text.split("\\.", -1)));
  }

  /**
   * What stands on the way to the setting: the record itself first, the setting's value last.
   *
   * @throws IllegalArgumentException if there is no such setting, with where the way ends
   */
  public List<@Nullable Object> along(Record root) {
    List<@Nullable Object> all = new ArrayList<>();
    all.add(root);
    Object at = root;
    for (int i = 0; i < keys.size(); i++) {
      at = next(at, i);
      all.add(at);
    }
    return all;
  }

  /**
   * The same record with another value of the setting; lists on the way are copied.
   *
   * @throws IllegalArgumentException if there is no such setting, or if a constructor on the way
   *     refuses the value
   */
  public <R extends Record> R with(R root, Object value) {
    @SuppressWarnings("unchecked") // A record's copy is of its own class.
    R changed = (R) changed(root, 0, value);
    return changed;
  }

  private Object changed(@Nullable Object at, int depth, Object value) {
    if (depth == keys.size()) {
      return value;
    }
    String key = keys.get(depth);
    Object inside = changed(next(at, depth), depth + 1, value);
    if (at instanceof List<?> list) {
      List<Object> items = new ArrayList<>(list);
      items.set(Integer.parseInt(key), inside);
      return List.copyOf(items);
    }
    return Settings.with((Record) Objects.requireNonNull(at), key, inside);
  }

  private @Nullable Object next(@Nullable Object at, int depth) {
    String key = keys.get(depth);
    String place = String.join(".", keys.subList(0, depth));
    if (at instanceof Record record) {
      List<String> names = Settings.names(record);
      if (!names.contains(key)) {
        throw new IllegalArgumentException(
            (place.isEmpty() ? "the recipe" : Shown.value(place))
                + " has no setting "
                + Shown.quoted(key)
                + (names.isEmpty() ? "" : ", it has " + String.join(", ", names)));
      }
      return Settings.value(record, key);
    }
    if (at instanceof List<?> list) {
      if (!isItem(key, list)) {
        throw new IllegalArgumentException(
            Shown.value(place)
                + (list.isEmpty() ? " is empty" : " has the items 0 to " + (list.size() - 1))
                + ", got "
                + Shown.quoted(key));
      }
      return list.get(Integer.parseInt(key));
    }
    throw new IllegalArgumentException(
        Shown.value(place)
            + (at == null ? " is not set" : " has no settings")
            + ", got "
            + Shown.quoted(String.join(".", keys)));
  }

  private static boolean isItem(String key, List<?> list) {
    return key.matches("[0-9]{1,9}") && Integer.parseInt(key) < list.size();
  }

  @Override
  public String toString() {
    return String.join(".", keys);
  }
}
