package dev.sparring.conformance;

import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/** An engine that no other one knows. It computes nothing. */
final class StrangeEngine {
  private StrangeEngine() {}

  static Engine open() {
    return proxy(
        Engine.class,
        (engine, method, arguments) ->
            switch (method.getName()) {
              case "name" -> "strange";
              case "precision" -> Precision.FLOAT32;
              case "device" -> Device.CPU;
              case "description" -> InvocationHandler.invokeDefault(engine, method);
              case "full" -> tensor((Engine) engine, (Shape) arguments[1]);
              case "close" -> null;
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private static Tensor tensor(Engine engine, Shape shape) {
    return proxy(
        Tensor.class,
        (tensor, method, arguments) ->
            switch (method.getName()) {
              case "engine" -> engine;
              case "shape" -> shape;
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
