#!/bin/sh
# Creates the topics of topics.txt that are missing and keeps their retention as it says; safe to repeat. Runs in the Kafka
# image, whose tools each start a JVM: they are called for what differs only.
set -eu

bootstrap=${KAFKA_BOOTSTRAP_SERVERS:?}
partitions=${KAFKA_PARTITIONS:-6}
replicas=${KAFKA_REPLICATION_FACTOR:-1}
bin=${KAFKA_BIN:-/opt/kafka/bin}

# "Topic: shops … Configs: retention.ms=-1,…", a line a topic and one a partition.
existing=$("$bin/kafka-topics.sh" --bootstrap-server "$bootstrap" --describe)

while read -r topic retention; do
  case $topic in
    '' | '#'*) continue ;;
    # Read by people, not by services that share the work.
    *-dead-letters) count=1 ;;
    *) count=$partitions ;;
  esac
  found=$(printf '%s\n' "$existing" | grep -E "^Topic: ${topic}[[:space:]].*Configs:" || true)
  case "$found," in
    ,)
      "$bin/kafka-topics.sh" --bootstrap-server "$bootstrap" --create --if-not-exists --topic "$topic" \
        --partitions "$count" --replication-factor "$replicas" --config "retention.ms=$retention"
      ;;
    *"retention.ms=$retention,"*) ;;
    *)
      "$bin/kafka-configs.sh" --bootstrap-server "$bootstrap" --alter --entity-type topics --entity-name "$topic" \
        --add-config "retention.ms=$retention"
      ;;
  esac
done <"$(dirname "$0")/topics.txt"
