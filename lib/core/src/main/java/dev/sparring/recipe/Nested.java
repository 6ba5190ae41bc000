package dev.sparring.recipe;

import dev.sparring.layer.Layer;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Layers inside of layers, wherever a record holds them, so that no container is forgotten. */
public final class Nested {
  private Nested() {}

  /** The layers and all layers inside them, each before those that it holds. */
  public static List<Layer> all(List<Layer> layers) {
    List<Layer> found = new ArrayList<>();
    layers.forEach(layer -> collect(layer, found));
    return List.copyOf(found);
  }

  private static Layer collect(Layer layer, List<Layer> found) {
    found.add(layer);
    changed(layer, inner -> collect(inner, found));
    return layer;
  }

  /** The layer with each layer inside it changed; itself, if that changes none. */
  static Layer changed(Layer layer, UnaryOperator<Layer> change) {
    return (Layer) inside((Record) layer, change);
  }

  private static Object value(Object value, UnaryOperator<Layer> change) {
    if (value instanceof Layer layer) {
      return change.apply(layer);
    } else if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>(list.size());
      list.forEach(item -> items.add(value(item, change)));
      return items.equals(list) ? list : List.copyOf(items);
    } else if (value instanceof Record other) {
      return inside(other, change);
    }
    return value;
  }

  static Record inside(Record container, UnaryOperator<Layer> change) {
    RecordComponent[] components = container.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    @Nullable Object[] values = new @Nullable Object[components.length];
    boolean same = true;
    try {
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        Object old = components[i].getAccessor().invoke(container);
        Object now = old == null ? null : value(old, change);
        same &= Objects.equals(now, old);
        values[i] = now;
      }
      if (same) {
        return container;
      }
      Constructor<? extends Record> constructor =
          container.getClass().getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(container + " cannot be taken apart", e);
    }
  }
}
