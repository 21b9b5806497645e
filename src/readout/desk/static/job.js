// The progress of a job, asked for until it is over; then the page is loaded again, with all that failed.
const job = document.getElementById("job");
const bar = document.getElementById("bar");

async function ask() {
  const answer = await fetch(job.dataset.address, { headers: { accept: "application/json" } });
  if (!answer.ok) return;
  const told = await answer.json();
  bar.max = Math.max(told.expected, 1);
  bar.value = told.done;
  job.querySelector(".state").textContent = told.state;
  job.querySelector(".count-of").textContent = `${told.done} of ${told.expected}`;
  job.querySelector(".outcomes").textContent = Object.entries(told.outcomes).map(([name, count]) => `${count} ${name}`).join(", ");
  if (told.state === "done" || told.state === "failed") location.reload();
  else setTimeout(ask, 700);
}

setTimeout(ask, 300);
