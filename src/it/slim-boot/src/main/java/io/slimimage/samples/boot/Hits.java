package io.slimimage.samples.boot;

import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.JMException;
import javax.management.ObjectName;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.jmx.export.annotation.ManagedAttribute;
import org.springframework.jmx.export.annotation.ManagedResource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Counts how often it is asked: as a metric, and as an attribute of an MBean. */
@RestController
@ManagedResource(objectName = Hits.NAME)
public class Hits {

  static final String NAME = "io.slimimage.samples:type=Hits";

  private final AtomicInteger count;

  Hits(MeterRegistry registry) {
    count = registry.gauge("sample.hits", new AtomicInteger());
  }

  @ManagedAttribute
  public int getCount() {
    return count.get();
  }

  @GetMapping("/hits")
  Map<String, Object> hit(@RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate day)
      throws JMException {
    count.incrementAndGet();
    Object managed =
        ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(NAME), "Count");
    return Map.of("day", day, "managed", managed);
  }
}
