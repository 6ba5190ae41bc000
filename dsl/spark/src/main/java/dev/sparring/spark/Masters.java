package dev.sparring.spark;

import dev.sparring.cli.cluster.ClusterException;
import dev.sparring.file.Reason;
import dev.sparring.setting.Shown;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The addresses of masters of Spark's standalone clusters. */
final class Masters {
  private static final String STANDALONE = "spark://";

  /** A name, or an address of IPv6 in brackets. */
  private static final Pattern PLACE =
      Pattern.compile("([^:\\[\\]/@]+|\\[[0-9a-fA-F:.]+]):(\\d{1,5})");

  private static final int TIMEOUT_MILLISECONDS = 5_000;

  private Masters() {}

  /**
   * Asks whether one of several masters can be reached, for which Spark would take a minute. Other
   * kinds of clusters are Spark's to find.
   *
   * @param url such as {@code spark://a:7077,b:7077}
   * @throws ClusterException if none can be, with the reason of the last
   */
  static void requireAnswer(String url) {
    if (!url.startsWith(STANDALONE)) {
      return;
    }
    String reason = "";
    for (String place : url.substring(STANDALONE.length()).split(",", -1)) {
      Matcher parts = PLACE.matcher(place);
      int port = parts.matches() ? Integer.parseInt(parts.group(2)) : 0;
      if (port < 1 || port > 65_535) {
        throw new ClusterException(
            Shown.quoted(url)
                + ": expected spark://HOST:PORT, of several masters HOST:PORT,HOST:PORT");
      }
      InetSocketAddress address = new InetSocketAddress(parts.group(1), port);
      try (Socket socket = new Socket()) {
        if (address.isUnresolved()) {
          throw new UnknownHostException("there is no host '" + Shown.value(parts.group(1)) + "'");
        }
        socket.connect(address, TIMEOUT_MILLISECONDS);
        return;
      } catch (IOException e) {
        reason = Reason.of(e);
      }
    }
    throw new ClusterException(url + ": no master answers there: " + reason);
  }
}
