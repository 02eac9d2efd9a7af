package io.slimimage.samples.java25;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** Answers what it runs on, and fetches over TLS. */
@SpringBootApplication
@RestController
public class Java25Sample {

  public static void main(String[] args) {
    SpringApplication.run(Java25Sample.class, args);
  }

  @GetMapping("/")
  Map<String, Object> runtime() {
    Set<String> modules =
        ModuleLayer.boot().modules().stream()
            .map(Module::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    return Map.of("feature", Runtime.version().feature(), "modules", modules);
  }

  @GetMapping("/fetch")
  String fetch(@RequestParam String address) {
    return RestClient.create().get().uri(address).retrieve().body(String.class);
  }
}
