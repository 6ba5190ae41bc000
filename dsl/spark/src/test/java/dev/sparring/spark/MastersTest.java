package dev.sparring.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.cli.cluster.ClusterException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MastersTest {
  private static String problem(String url) {
    return assertThrows(ClusterException.class, () -> Masters.requireAnswer(url)).getMessage();
  }

  @Test
  void oneOfSeveralIsEnough() throws IOException {
    int closed;
    try (ServerSocket master = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        closed = other.getLocalPort();
      }
      String open = "127.0.0.1:" + master.getLocalPort();
      Masters.requireAnswer("spark://" + open);
      Masters.requireAnswer("spark://127.0.0.1:" + closed + "," + open);
    }
    String url = "spark://127.0.0.1:" + closed;
    assertTrue(problem(url).startsWith(url + ": no master answers there: "), problem(url));
    // Spark knows these better.
    Masters.requireAnswer("local[2]");
    Masters.requireAnswer("k8s://https://a:6443");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"spark://a", "spark://a:0", "spark://a:70000", "spark://a:1,", "spark://"})
  void anAddressIsAHostAndAPort(String url) {
    assertEquals(
        "'" + url + "': expected spark://HOST:PORT, of several masters HOST:PORT,HOST:PORT",
        problem(url));
  }

  @Test
  void hostsThatDoNotExistAreNamed() {
    assertEquals(
        "spark://no.such.host.invalid:7077: no master answers there: there is no host"
            + " 'no.such.host.invalid'",
        problem("spark://no.such.host.invalid:7077"));
  }
}
