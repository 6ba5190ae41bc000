package dev.sparring.torch;

import dev.sparring.process.NativeProcess;
import dev.sparring.process.StandardOutput;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.GroupAddress;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.Backend;
import org.bytedeco.pytorch.GlooDeviceVector;
import org.bytedeco.pytorch.PrefixStore;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.global.torch_gloo;
import org.bytedeco.pytorch.global.torch_nccl;
import org.bytedeco.pytorch.gloo.Device;
import org.bytedeco.pytorch.nccl.ProcessGroupNCCL;
import org.jspecify.annotations.Nullable;

/** Connects the processes of a group with each other. */
final class Backends {
  /** As PyTorch: which network to use, if it is not the one that reaches process 0. */
  private static final String INTERFACE = "GLOO_SOCKET_IFNAME";

  private static final int GLOO_THREADS = 2;

  private Backends() {}

  static Backend connect(boolean onCards, GroupAddress address, MeetingPoint meeting) {
    Duration wait = MeetingPoint.coming(address);
    try {
      return MeetingPoint.within(
          wait.plus(wait).plusSeconds(5),
          () -> onCards ? nccl(address, meeting) : gloo(address, meeting, wait),
          () -> late(address, wait, null));
    } catch (LinkageError e) {
      throw new EngineException(
          "this libtorch has no "
              + (onCards ? "NCCL" : "Gloo")
              + " for several processes ("
              + Failures.firstLine(NativeProcess.rootOf(e))
              + "); train in one process",
          e);
    }
  }

  private static Backend gloo(GroupAddress address, MeetingPoint meeting, Duration wait) {
    Loader.load(torch_gloo.class);
    Milliseconds timeout = new Milliseconds(wait.toMillis()).retainReference();
    ProcessGroupGloo.Options options = ProcessGroupGloo.Options.create(timeout);
    options.devices(new GlooDeviceVector(network(address)));
    options.threads(GLOO_THREADS);
    try {
      // Gloo tells standard output that it is connected.
      ProcessGroupGloo group =
          StandardOutput.silenced(
              () -> new ProcessGroupGloo(store(meeting), address.rank(), address.size(), options));
      group.retainReference();
      group.setTimeout(new Milliseconds(address.timeout().toMillis()).retainReference());
      return group;
    } catch (RuntimeException e) {
      throw late(address, wait, e);
    }
  }

  /**
   * The part of the store that is the backend's. The binding gives its only reference away: freed
   * by Java it would be freed twice.
   */
  private static PrefixStore store(MeetingPoint meeting) {
    PrefixStore store = new PrefixStore("sparring", meeting.store());
    store.deallocate(false);
    return store;
  }

  /** Not run yet. */
  private static Backend nccl(GroupAddress address, MeetingPoint meeting) {
    Loader.load(torch_nccl.class);
    ProcessGroupNCCL.Options options = ProcessGroupNCCL.Options.create();
    Backend group = new ProcessGroupNCCL(store(meeting), address.rank(), address.size(), options);
    group.retainReference();
    group.setTimeout(new Milliseconds(address.timeout().toMillis()).retainReference());
    return group;
  }

  private static EngineException late(
      GroupAddress address, Duration wait, @Nullable Throwable cause) {
    String message =
        MeetingPoint.at(address)
            + ": process "
            + address.rank()
            + " waited "
            + wait.toSeconds()
            + " s for the other "
            + (address.size() - 1)
            + ", and not all came"
            + (cause == null ? "" : " (" + Failures.firstLine(cause) + ")");
    return cause == null ? new EngineException(message) : new EngineException(message, cause);
  }

  private static Device network(GroupAddress address) {
    String wanted = System.getenv(INTERFACE);
    return wanted != null && !wanted.isBlank()
        ? ProcessGroupGloo.createDeviceForInterface(wanted.split(",", 2)[0].strip())
        : ProcessGroupGloo.createDeviceForHostname(ownAddress(address));
  }

  /**
   * The address of this host in the network that reaches process 0. By itself Gloo resolves the
   * host's name, which often is an address that other hosts do not reach.
   */
  private static String ownAddress(GroupAddress address) {
    try (DatagramSocket socket = new DatagramSocket()) {
      // Sends nothing: the system only chooses the way.
      socket.connect(new InetSocketAddress(InetAddress.getByName(address.host()), address.port()));
      return socket.getLocalAddress().getHostAddress();
    } catch (IOException | RuntimeException e) {
      throw new EngineException(
          MeetingPoint.at(address) + ": no way to this host: " + e.getMessage(), e);
    }
  }
}
