package dev.sparring.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.conformance.Together;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Group;
import dev.sparring.tensor.GroupAddress;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/**
 * Groups on Gloo over the loopback interface, of threads here. {@link TorchCoreTest} trains with
 * them.
 */
class TorchGroupTest {
  private static final String HOST = "127.0.0.1";

  private static Engine open(Precision precision) {
    return TorchEngine.open(Device.CPU, precision);
  }

  /** The groups of a test by number, for an engine each. */
  static IntFunction<Group> overSockets(int size, IntFunction<Engine> engines) {
    int port = freePort();
    return rank -> engines.apply(rank).join(address(port, rank, size));
  }

  private static GroupAddress address(int port, int rank, int size) {
    return new GroupAddress(HOST, port, rank, size).within(Duration.ofSeconds(30));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of images in channels-last memory and of more than one bucket; given tensors stay. */
  @Test
  void sumsKeepShapesAndOrder() {
    int port = freePort();
    int large = 7_000_000;
    for (double[] found :
        Together.run(
            2,
            rank -> {
              try (Engine engine = open(Precision.FLOAT32);
                  Group group = engine.join(address(port, rank, 2))) {
                float[] image = new float[2 * 3 * 2 * 2];
                for (int i = 0; i < image.length; i++) {
                  image[i] = i * (rank + 1);
                }
                Tensor first = engine.upload(image, Shape.of(2, 3, 2, 2));
                Tensor second = engine.full(rank, Shape.of(large));
                List<Tensor> sums = group.sum(List.of(first, second, engine.full(3, Shape.of())));
                assertArrayEquals(image, first.toFloats());
                assertEquals(Shape.of(2, 3, 2, 2), sums.get(0).shape());
                assertEquals(large, sums.get(1).sum().item());
                assertEquals(6, sums.get(2).item());
                return sums.get(0).toDoubles();
              }
            })) {
      for (int i = 0; i < found.length; i++) {
        assertEquals(3 * i, found[i]);
      }
    }
  }

  /** The binding frees what Java lets go of; a group must outlive that. */
  @Test
  void groupsOutliveTheGarbageCollector() {
    for (int round = 0; round < 5; round++) {
      int port = freePort();
      List<Double> sums =
          Together.run(
              3,
              rank -> {
                try (Engine engine = open(Precision.FLOAT32);
                    Group group = engine.join(address(port, rank, 3))) {
                  double[] sum = new double[1];
                  for (int i = 0; i < 5; i++) {
                    System.gc();
                    engine.scope(
                        () ->
                            sum[0] =
                                group
                                    .sum(List.of(engine.full(rank + 1, Shape.of(3))))
                                    .get(0)
                                    .toDoubles()[2]);
                  }
                  return sum[0];
                }
              });
      assertEquals(List.of(6.0, 6.0, 6.0), sums);
    }
  }

  @Test
  void aTakenPortIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0);
        Engine engine = open(Precision.FLOAT32)) {
      GroupAddress address = address(taken.getLocalPort(), 0, 2);
      EngineException e = assertThrows(EngineException.class, () -> engine.join(address));
      assertEquals(
          HOST
              + ":"
              + taken.getLocalPort()
              + ": process 0 cannot listen there: the port is taken; take another one",
          e.getMessage());
    }
  }

  @Test
  void whoeverDoesNotComeIsMissed() {
    try (Engine engine = open(Precision.FLOAT32)) {
      GroupAddress first = address(freePort(), 0, 2).within(Duration.ofSeconds(1));
      String ofFirst = assertThrows(EngineException.class, () -> engine.join(first)).getMessage();
      assertTrue(
          ofFirst.startsWith(
              HOST
                  + ":"
                  + first.port()
                  + ": process 0 waited 1 s for the other 1, and not all came"),
          ofFirst);
      GroupAddress second = address(freePort(), 1, 2).within(Duration.ofSeconds(1));
      String ofSecond = assertThrows(EngineException.class, () -> engine.join(second)).getMessage();
      assertTrue(
          ofSecond.startsWith(
              HOST + ":" + second.port() + ": process 1 found no process 0 within 1 s"),
          ofSecond);
    }
  }

  @Test
  void oneIsAlone() {
    try (Engine engine = open(Precision.FLOAT32);
        Group group = engine.join(new GroupAddress("nowhere", 1, 0, 1))) {
      assertEquals(1, group.size());
      assertEquals(List.of("me"), group.gather(engine, "me"));
    }
  }
}
