package dev.sparring.setting;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies of records with one setting changed, for records of many settings.
 *
 * <pre>{@code
 * public Train steps(int steps) {
 *   return Settings.with(this, "steps", steps);
 * }
 * }</pre>
 */
public final class Settings {
  /** The components of each record type, found by reflection once. */
  private static final ClassValue<Layout> LAYOUTS =
      new ClassValue<>() {
        @Override
        protected Layout computeValue(Class<?> type) {
          return new Layout(type);
        }
      };

  private Settings() {}

  /** The word by which recipes name a setting; the name of its class if it has none. */
  public static String word(Object setting) {
    Word word = setting.getClass().getAnnotation(Word.class);
    return word != null ? word.value() : setting.getClass().getSimpleName();
  }

  /**
   * The same record with another value of one component. It calls the record's constructor, whose
   * checks apply and whose exceptions are passed on.
   *
   * @param record the record, which is not changed
   * @param component the name of the component
   * @param value its new value
   * @throws IllegalArgumentException if there is no such component, if the value is of another
   *     type, or if the constructor refuses it
   */
  public static <R extends Record> R with(R record, String component, @Nullable Object value) {
    Layout layout = LAYOUTS.get(record.getClass());
    @Nullable Object[] values = layout.values(record);
    values[layout.index(component)] = value;
    layout.check(component, value);
    @SuppressWarnings("unchecked") // The layout is that of the record's own class.
    R changed = (R) layout.make(values);
    return changed;
  }

  /** The names of a record's components, in their order. */
  static List<String> names(Record record) {
    return LAYOUTS.get(record.getClass()).names;
  }

  /** The value of a component that there is. */
  static @Nullable Object value(Record record, String component) {
    Layout layout = LAYOUTS.get(record.getClass());
    return layout.values(record)[layout.index(component)];
  }

  private static final class Layout {
    private final Class<?> type;
    private final RecordComponent[] components;
    private final List<String> names;
    private final Constructor<?> constructor;

    Layout(Class<?> type) {
      this.type = type;
      components = type.getRecordComponents();
      names = Arrays.stream(components).map(RecordComponent::getName).toList();
      try {
        constructor =
            type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException("every record has its canonical constructor: " + type, e);
      }
      // Records that are not public.
      constructor.setAccessible(true);
      for (RecordComponent component : components) {
        component.getAccessor().setAccessible(true);
      }
    }

    int index(String component) {
      int index = names.indexOf(component);
      if (index < 0) {
        throw new IllegalArgumentException(
            type.getSimpleName()
                + " has no component '"
                + component
                + "', it has "
                + String.join(", ", names));
      }
      return index;
    }

    @Nullable Object[] values(Record record) {
      @Nullable Object[] values = new @Nullable Object[components.length];
      for (int i = 0; i < values.length; i++) {
        Method accessor = components[i].getAccessor();
        values[i] = called(() -> accessor.invoke(record));
      }
      return values;
    }

    void check(String component, @Nullable Object value) {
      Class<?> wanted = components[index(component)].getType();
      boolean fits =
          value == null ? !wanted.isPrimitive() : boxed(wanted).isAssignableFrom(value.getClass());
      if (!fits) {
        throw new IllegalArgumentException(
            type.getSimpleName()
                + "."
                + component
                + " must be "
                + wanted.getSimpleName()
                + ", got "
                + (value == null ? "null" : value.getClass().getSimpleName() + " " + value));
      }
    }

    Object make(@Nullable Object[] values) {
      return called(() -> constructor.newInstance(values));
    }

    private static Class<?> boxed(Class<?> type) {
      return MethodType.methodType(type).wrap().returnType();
    }
  }

  private interface Call {
    Object now() throws ReflectiveOperationException;
  }

  private static Object called(Call call) {
    try {
      return call.now();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
